//! The démarches: a closed list, with the sites that each may open.
//!
//! A [`Catalogue`] is made by `config` from checked files. Nothing here reads a file.
#![forbid(unsafe_code)]

mod demarche;
mod domain;
mod search;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use demarche::closed;
pub use demarche::{Demarche, Group, GroupId, Operator, Pictogram, Thematique};
pub use domain::{Domain, DomainError, StartUrl};
pub(crate) use search::{covers, words};
pub use text::Text;

use crate::visit::DemarcheId;

/// Every démarche, its tiles, and the sites that any démarche may need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    groups: Vec<Group>,
    demarches: Vec<Demarche>,
    transversal: Vec<Domain>,
}

impl Catalogue {
    /// Puts checked parts together. Ids are ranks: the n-th démarche has id n, the n-th group too.
    #[must_use]
    pub const fn new(
        groups: Vec<Group>,
        demarches: Vec<Demarche>,
        transversal: Vec<Domain>,
    ) -> Self {
        Self {
            groups,
            demarches,
            transversal,
        }
    }

    /// The tiles of the choice, in screen order.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Every démarche, in file order.
    #[must_use]
    pub fn demarches(&self) -> &[Demarche] {
        &self.demarches
    }

    /// One démarche, if the id is of this catalogue.
    #[must_use]
    pub fn get(&self, id: DemarcheId) -> Option<&Demarche> {
        self.demarches.get(usize::from(id.0))
    }

    /// The démarches behind one tile, in file order.
    pub fn in_group(&self, group: GroupId) -> impl Iterator<Item = &Demarche> {
        self.demarches
            .iter()
            .filter(move |demarche| demarche.group == group)
    }

    /// The sites that every démarche may use (FranceConnect, service-public …).
    #[must_use]
    pub fn transversal(&self) -> &[Domain] {
        &self.transversal
    }

    /// Every site that a démarche may open: its own, then the transversal ones.
    #[must_use]
    pub fn allowed(&self, id: DemarcheId) -> Vec<Domain> {
        self.get(id)
            .into_iter()
            .flat_map(|demarche| &demarche.domains)
            .chain(&self.transversal)
            .cloned()
            .collect()
    }

    /// Whether a démarche may open this address: https, its ordinary port, no user name in it,
    /// and a host of [`Catalogue::allowed`].
    #[must_use]
    pub fn allows(&self, id: DemarcheId, address: &str) -> bool {
        self.allowed(id).iter().any(|domain| domain.allows(address))
    }
}
