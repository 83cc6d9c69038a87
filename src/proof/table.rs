//! A proof in words, for a terminal.
#![forbid(unsafe_code)]

use super::canary::Plant;
use super::result::{Place, Planted, Proof, Verdict};
use crate::wording::{Arg, Lang, Wording};

/// The whole proof: what was planted, where it was looked for, and the verdict.
pub fn table(proof: &Proof, words: &Wording, lang: Lang) -> String {
    let say = |key: &str| words.text(lang, key);
    let mut places = vec![
        [
            "prove-place",
            "prove-looked",
            "prove-refused",
            "prove-found",
        ]
        .map(say),
    ];
    places.extend(proof.searched.iter().map(|searched| {
        [
            say(place_key(searched.place)),
            looked(searched.items, searched.bytes),
            searched.refused.to_string(),
            searched.found.to_string(),
        ]
    }));
    let mut lines = vec![columns(&plants(proof, words, lang)), columns(&places)];
    lines.extend(remarks(proof, words, lang));
    lines.push(verdict(proof, words, lang));
    lines.join("\n")
}

/// What was planted: its name, whether it could be, and how often it was seen before the wipe and
/// after it. The first row names the columns.
pub fn plants(proof: &Proof, words: &Wording, lang: Lang) -> Vec<[String; 4]> {
    let say = |key: &str| words.text(lang, key);
    let head = [
        "prove-plant",
        "prove-planted",
        "prove-before",
        "prove-after",
    ];
    let mut plants = vec![head.map(say)];
    plants.extend(proof.rows.iter().map(|row| {
        [
            say(plant_key(row.plant)),
            say(planted_key(row.planted)),
            row.before.to_string(),
            row.after.to_string(),
        ]
    }));
    plants
}

/// The verdict, in a sentence.
pub fn verdict(proof: &Proof, words: &Wording, lang: Lang) -> String {
    words.text(lang, verdict_key(proof.verdict()))
}

/// How long the wipe took, and what the reader must know beside the tables.
pub fn remarks(proof: &Proof, words: &Wording, lang: Lang) -> Vec<String> {
    let say = |key: &str| words.text(lang, key);
    let mut lines = vec![wipe(proof, words, lang)];
    if !proof.init_on_free {
        lines.push(say("prove-free-memory"));
    }
    if proof.unmarked > 0 {
        let count = i64::try_from(proof.unmarked).unwrap_or(i64::MAX);
        lines.push(words.text_with(lang, "prove-unmarked", &[("count", Arg::Number(count))]));
    }
    if proof.clipped > 0 {
        lines.push(say("prove-clipped"));
    }
    lines
}

fn wipe(proof: &Proof, words: &Wording, lang: Lang) -> String {
    match proof.wipe_millis {
        Some(millis) => {
            let millis = Arg::Number(i64::from(millis));
            words.text_with(lang, "prove-wiped", &[("millis", millis)])
        }
        None => words.text(lang, "prove-not-wiped"),
    }
}

/// "1204 (87 Mio)"
pub(super) fn looked(items: u64, bytes: u64) -> String {
    if bytes == 0 {
        items.to_string()
    } else {
        format!("{items} ({} Mio)", bytes.div_ceil(1 << 20))
    }
}

/// Lines of equal columns: words to the left, numbers to the right.
fn columns(rows: &[[String; 4]]) -> String {
    let width = |at: usize| rows.iter().map(|row| row[at].chars().count()).max();
    let widths = [0, 1, 2, 3].map(|at| width(at).unwrap_or(0));
    let mut text = String::new();
    for row in rows {
        let [one, two, three, four] = row;
        let [w, x, y, z] = widths;
        text += format!("{one:<w$}  {two:<x$}  {three:>y$}  {four:>z$}").trim_end();
        text.push('\n');
    }
    text
}

/// The wording of a plant.
pub(super) const fn plant_key(plant: Plant) -> &'static str {
    match plant {
        Plant::Address => "plant-address",
        Plant::Title => "plant-title",
        Plant::Cookie => "plant-cookie",
        Plant::LocalStorage => "plant-local-storage",
        Plant::SessionStorage => "plant-session-storage",
        Plant::IndexedDb => "plant-indexed-db",
        Plant::CacheStorage => "plant-cache-storage",
        Plant::ServiceWorker => "plant-service-worker",
        Plant::CompressedPage => "plant-compressed-page",
        Plant::FormText => "plant-form-text",
        Plant::BasicAuth => "plant-basic-auth",
        Plant::Password => "plant-password",
        Plant::Clipboard => "plant-clipboard",
        Plant::Download => "plant-download",
        Plant::Upload => "plant-upload",
        Plant::PdfPrint => "plant-pdf-print",
        Plant::PrintJob => "plant-print-job",
        Plant::HomeFile => "plant-home-file",
        Plant::Tmp => "plant-tmp",
        Plant::VarTmp => "plant-var-tmp",
        Plant::SharedMemoryFile => "plant-shared-memory-file",
        Plant::RuntimeFile => "plant-runtime-file",
        Plant::RecentFiles => "plant-recent-files",
        Plant::SysvMemory => "plant-sysv-memory",
        Plant::SysvSemaphore => "plant-sysv-semaphore",
        Plant::PosixQueue => "plant-posix-queue",
        Plant::KernelKey => "plant-kernel-key",
        Plant::SystemLog => "plant-system-log",
        Plant::LingeringProcess => "plant-lingering-process",
        Plant::UnlinkedFile => "plant-unlinked-file",
        Plant::Program => "plant-program",
    }
}

/// The wording of a place.
pub(super) const fn place_key(place: Place) -> &'static str {
    match place {
        Place::Files => "place-files",
        Place::RamFiles => "place-ram-files",
        Place::Logs => "place-logs",
        Place::Spool => "place-spool",
        Place::Processes => "place-processes",
        Place::Memory => "place-memory",
        Place::OpenFiles => "place-open-files",
        Place::Ipc => "place-ipc",
        Place::Keys => "place-keys",
        Place::Disk => "place-disk",
    }
}

/// The wording of what became of a plant.
pub(super) const fn planted_key(planted: Planted) -> &'static str {
    match planted {
        Planted::Planted => "planted-yes",
        Planted::Refused => "planted-refused",
        Planted::Impossible => "planted-impossible",
    }
}

/// The wording of a verdict.
pub(super) const fn verdict_key(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Clean => "prove-clean",
        Verdict::Residue => "prove-residue",
        Verdict::Unproven => "prove-unproven",
    }
}
