//! Totals with noise: what leaves, once, and what it costs.

use super::*;

fn rules(privacy: Privacy) -> Thresholds {
    Thresholds::default().with_noise(privacy)
}

/// Three months of 60 visits each, and all of it written.
fn house(folder: &std::path::Path) {
    let mut ledger = Ledger::open(folder, pairs(), month("2026-10")).unwrap();
    for at in ["2026-10", "2026-11", "2026-12"].map(month) {
        for _ in 0..60 {
            ledger.count(&super::trace::alone(), at);
        }
    }
    ledger.save(month("2027-01")).unwrap();
}

#[cfg(not(feature = "private-totals"))]
#[test]
fn a_program_without_noise_lets_nothing_out() {
    let folder = tempfile::tempdir().unwrap();
    house(folder.path());
    let at: Period = "2026-11".parse().unwrap();
    let refused = export(folder.path(), at, rules(Privacy::One));
    assert!(
        matches!(
            refused,
            Err(ExportError::Withheld(Withheld::Noise(NoNoise::NotBuilt)))
        ),
        "{refused:?}"
    );
    assert!(export(folder.path(), at, rules(Privacy::Off)).is_ok());
}

#[cfg(feature = "private-totals")]
mod with_noise {
    use super::super::*;
    use super::{house, rules};
    use crate::usage::private::noisy;

    fn out(folder: &std::path::Path, at: &str, privacy: Privacy) -> Result<Release, ExportError> {
        export(folder, at.parse().unwrap(), rules(privacy))
    }

    fn count(release: &Release) -> u32 {
        match release.total {
            Total::Noisy { count, .. } => count,
            Total::Exact(_) | Total::Rounded(_) | Total::Fewer | Total::Masked => {
                panic!("{:?}", release.total)
            }
        }
    }

    /// The mean distance of a discrete Laplace distribution of this ε from its middle.
    fn expected(epsilon: f64) -> f64 {
        2.0 * (-epsilon).exp() / (1.0 - (-2.0 * epsilon).exp())
    }

    #[test]
    fn the_noise_is_as_large_as_its_epsilon_says() {
        for (privacy, epsilon) in [(Privacy::One, 1.0), (Privacy::Half, 0.5)] {
            let draws = 4000;
            let errors: Vec<i64> = (0..draws)
                .map(|_| i64::from(noisy(1000, privacy).unwrap()) - 1000)
                .collect();
            let mean = errors.iter().map(|e| e.abs() as f64).sum::<f64>() / f64::from(draws);
            let expected = expected(epsilon);
            assert!((mean / expected - 1.0).abs() < 0.2, "{mean} for {expected}");
            assert!(errors.iter().any(|e| *e > 0) && errors.iter().any(|e| *e < 0));
        }
        assert_eq!(noisy(1000, Privacy::Off), Err(NoNoise::Failed));
    }

    #[test]
    fn only_the_total_leaves_and_always_the_same() {
        let folder = tempfile::tempdir().unwrap();
        house(folder.path());
        let release = out(folder.path(), "2026-11", Privacy::One).unwrap();
        for (cell, shown) in &release.cells {
            let failures = Cell::One(Dimension::Effacement, 1);
            assert_eq!(*shown == Shown::Masked, *cell != failures, "{cell:?}");
        }
        for _ in 0..20 {
            let again = out(folder.path(), "2026-11", Privacy::One).unwrap();
            assert_eq!(again, release, "a second draw would halve the noise");
        }
        let text = csv("", &release);
        assert!(text.contains("bruit_epsilon_1"), "{text}");
        assert_eq!(read_csv(&text), Ok((String::new(), release)));
    }

    #[test]
    fn a_quarter_is_the_sum_of_its_months_and_costs_nothing_more() {
        let folder = tempfile::tempdir().unwrap();
        house(folder.path());
        let spent = || {
            let budget = budget(folder.path(), 2026, Privacy::Half);
            budget.unwrap().unwrap()
        };
        let nothing = Budget {
            year: 2026,
            spent: 0,
            most: 60,
        };
        assert_eq!(spent(), nothing);
        let quarter = out(folder.path(), "2026-T4", Privacy::Half).unwrap();
        let months = ["2026-10", "2026-11", "2026-12"];
        let months = months.map(|at| out(folder.path(), at, Privacy::Half).unwrap());
        assert_eq!(count(&quarter), months.iter().map(count).sum::<u32>());
        assert_eq!(spent().spent, 15);
        assert_eq!(spent().most, 60);
        assert_eq!(budget(folder.path(), 2026, Privacy::Off).unwrap(), None);
    }

    #[test]
    fn noise_is_not_mixed_with_what_left_without() {
        let folder = tempfile::tempdir().unwrap();
        house(folder.path());
        let mixed = |out: Result<Release, ExportError>| {
            matches!(out, Err(ExportError::Withheld(Withheld::Mixed)))
        };
        let plain = out(folder.path(), "2026-10", Privacy::Off).unwrap();
        let again = out(folder.path(), "2026-10", Privacy::One).unwrap();
        assert_eq!(again, plain, "it has left already");
        assert!(mixed(out(folder.path(), "2026-T4", Privacy::One)));
        out(folder.path(), "2026-11", Privacy::One).unwrap();
        assert!(mixed(out(folder.path(), "2026-T4", Privacy::Off)));
    }
}
