//! Totals with noise (differential privacy), where a house has chosen them: then the number of
//! visits leaves with noise, and no cell beside it, for cells would give the number away.
//!
//! The unit is the visit: with or without one visit of the month, any total that leaves is at most
//! `e^ε` times as likely. The noise is that of OpenDP (a discrete Laplace distribution), drawn once
//! for a month, which then leaves unchanged however often; a quarter's total is the sum of its
//! months', and costs nothing more.

use super::period::Period;
use super::release::{Release, Total};

/// How much one visit may change what leaves, for each month: ε.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Privacy {
    /// No noise: thresholds and hidden cells, which is what houses need.
    #[default]
    Off,
    /// ε = 1 a month: the total is wrong by 1 on average.
    One,
    /// ε = 0.5 a month: the total is wrong by 2 on average.
    Half,
}

impl Privacy {
    /// Every choice with its name in the configuration.
    pub const ALL: [(&'static str, Self); 3] = [
        ("off", Self::Off),
        ("epsilon-1", Self::One),
        ("epsilon-0.5", Self::Half),
    ];

    /// What exports say of a total with this noise.
    pub(super) const fn status(self) -> &'static str {
        match self {
            Self::Off => "exact",
            Self::One => "bruit_epsilon_1",
            Self::Half => "bruit_epsilon_0.5",
        }
    }

    /// The noise that an export tells of.
    pub(super) fn heard(status: &str) -> Option<Self> {
        let noises = [Self::One, Self::Half];
        noises.into_iter().find(|one| one.status() == status)
    }

    /// ε a month, in tenths.
    #[must_use]
    pub const fn tenths(self) -> u32 {
        match self {
            Self::Off => 0,
            Self::One => 10,
            Self::Half => 5,
        }
    }
}

/// What a year's exports with noise have cost, and what they may cost at the most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Budget {
    /// The year.
    pub year: u16,
    /// ε spent, in tenths.
    pub spent: u32,
    /// ε when every month of the year will have left, in tenths.
    pub most: u32,
}

/// The budget of a year, from all that has left.
pub(super) fn budget(year: u16, left: &[Release], privacy: Privacy) -> Budget {
    let months = left.iter().filter_map(|release| match release.period {
        Period::Month(month) if month.year() == year => match release.total {
            Total::Noisy { privacy, .. } => Some(privacy.tenths()),
            Total::Exact(_) | Total::Rounded(_) | Total::Fewer | Total::Masked => None,
        },
        Period::Month(_) | Period::Quarter(_) => None,
    });
    let spent: Vec<u32> = months.collect();
    let open = 12_u32.saturating_sub(u32::try_from(spent.len()).unwrap_or(12));
    let spent = spent.into_iter().sum();
    Budget {
        year,
        spent,
        most: spent + open * privacy.tenths(),
    }
}

/// Why there is no noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoNoise {
    /// This program was built without.
    #[error("this program was built without the feature `private-totals`")]
    NotBuilt,
    /// The library says no.
    #[error("the noise could not be drawn")]
    Failed,
}

/// A count with noise; never below zero, which costs nothing.
#[cfg(feature = "private-totals")]
pub(super) fn noisy(count: u32, privacy: Privacy) -> Result<u32, NoNoise> {
    use opendp::domains::AtomDomain;
    use opendp::measurements::make_laplace;
    use opendp::measures::MaxDivergence;
    use opendp::metrics::AbsoluteDistance;
    if privacy == Privacy::Off {
        return Err(NoNoise::Failed);
    }
    let epsilon = f64::from(privacy.tenths()) / 10.0;
    let domain = AtomDomain::<i64>::default();
    let distance = AbsoluteDistance::<i64>::default();
    let noise = make_laplace::<_, _, MaxDivergence>(domain, distance, 1.0 / epsilon, None)
        .map_err(|_| NoNoise::Failed)?;
    // One visit more or less: OpenDP's own proof of what that may change.
    let proven = noise.map(&1).map_err(|_| NoNoise::Failed)?;
    if proven > epsilon + 1e-9 {
        return Err(NoNoise::Failed);
    }
    let drawn = noise
        .invoke(&i64::from(count))
        .map_err(|_| NoNoise::Failed)?;
    Ok(u32::try_from(drawn.max(0)).unwrap_or(u32::MAX))
}

/// No noise without the library: nothing leaves.
#[cfg(not(feature = "private-totals"))]
pub(super) const fn noisy(_: u32, _: Privacy) -> Result<u32, NoNoise> {
    Err(NoNoise::NotBuilt)
}
