//! The page of the comparison: a row for each habit, and the conditions.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::Result;
use crate::tool::answer;

/// What is a file on a disk for whoever looks with a file manager.
pub(super) const FILES: &[&str] = &["files", "logs", "spool"];

/// The columns of numbers: where the word was found.
const COLUMNS: [(&str, &[&str]); 6] = [
    ("fichiers", FILES),
    ("disque, octet par octet", &["disk"]),
    ("fichiers en mémoire", &["ram_files"]),
    ("mémoire partagée, sémaphores, files", &["ipc"]),
    ("clés du noyau", &["keys"]),
    ("programmes", &["memory", "processes", "open_files"]),
];

/// How often the word was found in these places.
pub(super) fn counted(searched: &Value, places: &[&str]) -> u64 {
    let all = searched.as_array().into_iter().flatten();
    let all = all.filter(|each| places.iter().any(|place| each["place"] == *place));
    all.filter_map(|each| each["found"].as_u64()).sum()
}

/// The row of a visit.
pub(super) fn line(name: &str, planted: u64, searched: &Value, taken: &str) -> String {
    let found = COLUMNS.map(|(_, places)| counted(searched, places).to_string());
    format!("| {name} | {planted} | {} | {taken} |", found.join(" | "))
}

/// The row of a visit that could not be made.
pub(super) fn missing(name: &str, why: &str) -> String {
    format!("| {name} | {why} |{}", " |".repeat(COLUMNS.len() + 1))
}

/// Whether a row says that something was found.
pub(super) fn found_any(line: &str) -> bool {
    let cells = line.split('|').skip(3).take(COLUMNS.len());
    cells.map(str::trim).any(|cell| cell != "0")
}

/// The row of this name in the page as it stands.
pub(super) fn kept<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let begin = format!("| {name} |");
    page.lines().find(|line| line.starts_with(&begin))
}

/// The machine that compared.
struct Conditions {
    date: String,
    system: String,
    kernel: String,
    machine: String,
    versions: Vec<String>,
}

impl Conditions {
    fn here() -> Result<Self> {
        let version = |program: &str| {
            let said = answer(Command::new(program).arg("--version")).unwrap_or_default();
            let line = said.lines().next().unwrap_or_default();
            let named = line.split(" built on ").next().unwrap_or_default().trim();
            if named.is_empty() {
                // Some do not say it without a screen; the package does.
                let package = ["--showformat=${Version}", "--show", program];
                let version = answer(Command::new("dpkg-query").args(package));
                return format!("{program} {}", version.unwrap_or_default());
            }
            named.to_owned()
        };
        let system = fs::read_to_string("/etc/os-release")?;
        let name = |line: &str| {
            Some(
                line.strip_prefix("PRETTY_NAME=")?
                    .trim_matches('"')
                    .to_owned(),
            )
        };
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        Ok(Self {
            date: answer(Command::new("date").arg("+%Y-%m-%d")).unwrap_or_default(),
            system: system.lines().find_map(name).unwrap_or_default(),
            kernel: kernel(&fs::read_to_string("/proc/sys/kernel/osrelease")?),
            machine: format!("{cores} cœurs, {} Gio de mémoire", memory()?),
            versions: ["chromium", "firefox-esr", "bleachbit"].map(version).into(),
        })
    }
}

/// Its first two numbers: what follows is the house's own.
fn kernel(release: &str) -> String {
    let numbers: Vec<&str> = release.trim().split('.').take(2).collect();
    numbers.join(".")
}

/// Of the machine, GiB, as it is sold: a little of it is the kernel's.
fn memory() -> Result<u64> {
    let table = fs::read_to_string("/proc/meminfo")?;
    let total = |line: &str| {
        line.strip_prefix("MemTotal:")?
            .trim()
            .strip_suffix(" kB")?
            .parse()
            .ok()
    };
    let kilobytes: u64 = table.lines().find_map(total).ok_or("no MemTotal")?;
    Ok(kilobytes.div_ceil(1 << 20))
}

/// The whole page.
pub(super) fn page(lines: &[String]) -> Result<String> {
    Ok(written(lines, &Conditions::here()?))
}

fn written(lines: &[String], on: &Conditions) -> String {
    let columns = COLUMNS.map(|(name, _)| name).join(" | ");
    format!(
        "# Ce que laisse une visite, selon la façon de la finir\n\n\
         Fait par `cargo xtask residue`, {}. Un mot tiré au hasard est laissé partout où une personne\n\
         laisse des traces, par la page et le planteur de `estranctl prove` ; la visite finit selon\n\
         l’habitude ; la même recherche compte le mot. Les nombres changent un peu d’une fois à l’autre ;\n\
         zéro non.\n\n\
         | fin de la visite | traces laissées | {columns} | durée de la fin |\n\
         |---{}|\n{}\n\n\
         ## Conditions\n\n\
         - {}, noyau {}, {}. {}.\n{CONDITIONS}",
        on.date.trim(),
        "|---".repeat(COLUMNS.len() + 2),
        lines.join("\n"),
        on.system,
        on.kernel,
        on.machine,
        on.versions.join(", "),
    )
}

const CONDITIONS: &str = "\
- Le témoin montre que la recherche voit : un fichier écrit puis supprimé n’est plus un fichier, mais
  le disque le garde.
- Un ext4 neuf de 1 Gio sur une image montée en boucle porte le dossier personnel, `/tmp` et
  `/var/tmp` de chaque habitude ; pour Estran, tout ce qu’il pourrait écrire sur un disque.
- Traces laissées : adresse, titre, cookie, mémoires du site (locale, de session, IndexedDB, Cache
  Storage, service worker, page compressée), formulaire, mot de passe enregistrable, mot de passe du
  serveur, téléchargement, envoi, fichiers (dossier personnel, `/tmp`, `/var/tmp`, `/dev/shm`, dossier
  d’exécution, fichiers récents), mémoire partagée et sémaphore System V, file POSIX, clé du noyau,
  programme qui reste, fichier supprimé mais ouvert. Avec Estran : aussi une impression en PDF
  (Firefox) et un document dans la file d’une imprimante absente ; mais pas la clé, que le bac à sable
  refuse.
- Habitudes : une vraie fenêtre, sur un écran en mémoire (Xvfb), réglages d’origine, sans nos règles.
  15 s d’attente pour que le navigateur écrive, puis il est fermé comme par une fin de session
  (SIGTERM).
- Estran : programme sans optimisation (la durée de sa fin n’est pas la meilleure), navigateur sans
  fenêtre, comme `estranctl prove`, avec un profil ordinaire.
- Recherche en root : tous les fichiers changés depuis le début, la mémoire de tous les programmes,
  System V, files POSIX, clés (celles d’une habitude, demandées sous son compte : le noyau ne les
  montre pas même à root), et l’image entière.
- « Fichiers » compte aussi ceux que la personne a laissés elle-même hors du navigateur ; aucun
  navigateur ne les efface. « Programmes » compte aussi le planteur et un programme qui reste : seule
  l’habitude qui le dit les tue.
- La durée d’une habitude va de l’ordre de fermer jusqu’à la fin de ses commandes ; elle ne vérifie
  rien. Celle d’Estran va de l’ordre d’effacer jusqu’à la mémoire rendue.
";

#[cfg(test)]
mod tests {
    use super::*;

    fn searched() -> Value {
        serde_json::json!([
            { "place": "files", "found": 3 },
            { "place": "logs", "found": 1 },
            { "place": "disk", "found": 20 },
            { "place": "memory", "found": 2 },
            { "place": "processes", "found": 1 },
            { "place": "keys", "found": 0 },
            { "place": "keys", "found": 1 },
        ])
    }

    #[test]
    fn every_number_comes_to_its_column() {
        let row = line("Chromium, fermé", 25, &searched(), "0.1 s");
        assert_eq!(
            row,
            "| Chromium, fermé | 25 | 4 | 20 | 0 | 0 | 1 | 3 | 0.1 s |"
        );
        assert!(found_any(&row));
        let clean = line("**Estran**", 27, &Value::Null, "0.2 s");
        assert_eq!(clean, "| **Estran** | 27 | 0 | 0 | 0 | 0 | 0 | 0 | 0.2 s |");
        assert!(!found_any(&clean));
    }

    #[test]
    fn a_row_is_found_again_by_its_whole_name() {
        let rows = [
            line("Chromium, fermé", 1, &Value::Null, "1 s"),
            line("Chromium", 2, &Value::Null, "2 s"),
            missing("BleachBit", "pas là"),
        ];
        let on = Conditions {
            date: "2026-11-25\n".into(),
            system: "Debian".into(),
            kernel: kernel("6.18.44-own\n"),
            machine: "2 cœurs".into(),
            versions: vec!["a".into(), "b".into()],
        };
        let text = written(&rows, &on);
        assert!(text.contains("noyau 6.18,"), "{text}");
        for (name, row) in ["Chromium, fermé", "Chromium", "BleachBit"]
            .iter()
            .zip(&rows)
        {
            assert_eq!(kept(&text, name), Some(row.as_str()));
        }
        assert_eq!(kept(&text, "Chrom"), None);
        // Head, rule and rows have as many cells.
        let bars = |line: &str| line.matches('|').count();
        let table: Vec<usize> = text
            .lines()
            .filter(|l| l.starts_with('|'))
            .map(bars)
            .collect();
        assert_eq!(table, vec![COLUMNS.len() + 4; 5]);
    }
}
