//! Which sites a visit may open.

use toml::Spanned;

use super::checker::Checker;
use super::problem::Unfit;
use super::raw::RawSites;
use super::{Config, Problem};
use crate::catalogue::Domain;
use crate::visit::Destination;

/// Where "Naviguer librement" begins.
const FREE_START: &str = "https://www.service-public.gouv.fr/";

/// How far a visit may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SitesMode {
    /// Everywhere.
    Open,
    /// The démarche's own sites, the transversal ones, and those of the house's list.
    #[default]
    Demarches,
    /// The house's list, and nothing else.
    Strict,
}

/// The house's sites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sites {
    /// How far a visit may go.
    pub mode: SitesMode,
    /// The house's own list.
    pub allowed: Vec<Domain>,
    /// Known imitations: never opened, in any mode.
    pub fake: Vec<Domain>,
}

/// What one destination opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The first page.
    pub start: String,
    /// The sites that may be opened; empty: all.
    pub allowed: Vec<Domain>,
    /// The sites that are refused in any case.
    pub fake: Vec<Domain>,
}

pub fn check(checker: &mut Checker, raw: RawSites) -> Sites {
    let list = [
        ("open", SitesMode::Open),
        ("demarches", SitesMode::Demarches),
        ("strict", SitesMode::Strict),
    ];
    let span = raw.mode.as_ref().map(Spanned::span);
    let mode = raw
        .mode
        .and_then(|value| checker.choice(&value, &list))
        .unwrap_or_default();
    let allowed = super::demarches::domains(checker, raw.allowed);
    if let (SitesMode::Strict, true, Some(span)) = (mode, allowed.is_empty(), span) {
        checker.report(span, Problem::Unfit(Unfit::StrictEmpty));
    }
    Sites {
        mode,
        allowed,
        fake: super::demarches::domains(checker, raw.fake),
    }
}

impl Config {
    /// What `destination` opens, if this house offers it. The practice démarche and
    /// the house's programs open no site.
    #[must_use]
    pub fn reach(&self, destination: Destination) -> Option<Reach> {
        let (start, allowed) = match destination {
            Destination::Practice | Destination::App(_) => return None,
            Destination::Free if !self.free_browsing => return None,
            Destination::Free => self.free()?,
            Destination::Demarche(id) => {
                let demarche = self.catalogue.get(id)?;
                let own = self.catalogue.allowed(id);
                let allowed = match self.sites.mode {
                    SitesMode::Open => Vec::new(),
                    SitesMode::Demarches => own
                        .into_iter()
                        .chain(self.sites.allowed.iter().cloned())
                        .collect(),
                    SitesMode::Strict => self.sites.allowed.clone(),
                };
                (demarche.start.as_str().to_owned(), allowed)
            }
        };
        let fake = self.sites.fake.clone();
        Some(Reach {
            start,
            allowed,
            fake,
        })
    }

    /// In strict mode, free browsing begins at the first site of the list and stays in it.
    fn free(&self) -> Option<(String, Vec<Domain>)> {
        match self.sites.mode {
            SitesMode::Open | SitesMode::Demarches => Some((FREE_START.to_owned(), Vec::new())),
            SitesMode::Strict => {
                let first = self.sites.allowed.first()?;
                let start = format!("https://{}/", first.as_str());
                Some((start, self.sites.allowed.clone()))
            }
        }
    }

    /// The first démarche that the strict list leaves out, by its key.
    pub(super) fn left_out(&self) -> Option<&str> {
        if self.sites.mode != SitesMode::Strict {
            return None;
        }
        let listed = |host: &str| self.sites.allowed.iter().any(|site| site.matches(host));
        self.catalogue
            .demarches()
            .iter()
            .find(|demarche| !listed(demarche.start.host()))
            .map(|demarche| demarche.key.as_str())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]

    use super::*;
    use crate::visit::DemarcheId;

    const DEMARCHES: &str = include_str!("../../kiosk-config/demarches.toml");
    const HOUSE: &str = "[place]\nname = \"x\"\ncontact.fr = \"x\"\ndpo = \"x\"\n\
                         [help]\nroles = [{ fr = \"x\" }]\n";

    fn house(sites: &str, demarches: &str) -> Config {
        Config::from_texts(&format!("{HOUSE}[sites]\n{sites}"), demarches).unwrap()
    }

    fn opens(reach: &Reach, host: &str) -> bool {
        let fake = reach.fake.iter().any(|site| site.matches(host));
        !fake && (reach.allowed.is_empty() || reach.allowed.iter().any(|site| site.matches(host)))
    }

    fn fines(config: &Config) -> Reach {
        let fines = config.catalogue.demarches().iter();
        let fines = fines.filter(|d| d.start.host().ends_with("antai.gouv.fr"));
        let id = fines.map(|d| d.id).next().unwrap();
        config.reach(Destination::Demarche(id)).unwrap()
    }

    #[test]
    fn a_demarche_opens_its_own_sites_and_no_look_alike() {
        let config = house("allowed = [\"ville.example\"]", DEMARCHES);
        let reach = fines(&config);
        for allowed in [
            "www.antai.gouv.fr",
            "antai.gouv.fr",
            "app.franceconnect.gouv.fr",
            "www.ville.example",
        ] {
            assert!(opens(&reach, allowed), "{allowed}");
        }
        for refused in [
            "antai.gouv.fr.example.com",
            "xantai.gouv.fr",
            "antai-gouv.fr",
            "caf.fr",
            "gouv.fr",
            "antai.gouv.fr.",
        ] {
            let same = refused == "antai.gouv.fr.";
            assert_eq!(opens(&reach, refused), same, "{refused}");
        }
    }

    #[test]
    fn an_open_house_opens_all_but_known_imitations() {
        let config = house(
            "mode = \"open\"\nfake = [\"carte-grise.example\"]",
            DEMARCHES,
        );
        let reach = fines(&config);
        assert!(opens(&reach, "elsewhere.example"));
        assert!(!opens(&reach, "www.carte-grise.example"));
        let free = config.reach(Destination::Free).unwrap();
        assert!(free.allowed.is_empty() && !opens(&free, "carte-grise.example"));
    }

    #[test]
    fn a_strict_house_stays_in_its_list() {
        let one = "mode = \"strict\"\nallowed = [\"caf.fr\"]";
        let config = house(one, "");
        let free = config.reach(Destination::Free).unwrap();
        assert_eq!(free.start, "https://caf.fr/");
        assert!(opens(&free, "www.caf.fr") && !opens(&free, "ameli.fr"));
        assert!(!opens(&free, "franceconnect.gouv.fr"), "not even these");
        let strict = format!("{HOUSE}[sites]\n{one}");
        assert!(
            Config::from_texts(&strict, DEMARCHES).is_err(),
            "a tile that cannot open is a mistake"
        );
        let empty = format!("{HOUSE}[sites]\nmode = \"strict\"");
        assert!(Config::from_texts(&empty, "").is_err());
    }

    #[test]
    fn what_is_not_offered_opens_nothing() {
        let mut config = house("", "");
        assert_eq!(config.reach(Destination::Demarche(DemarcheId(9))), None);
        assert_eq!(config.reach(Destination::Practice), None);
        assert!(config.reach(Destination::Free).is_some());
        config.free_browsing = false;
        assert_eq!(config.reach(Destination::Free), None);
    }
}
