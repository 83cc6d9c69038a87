//! `estranctl metrics`: the suppressed numbers of the last complete month and the machine's health,
//! for the monitoring of a fleet. Nothing calls it by itself.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use sysinfo::{Disks, MemoryRefreshKind, RefreshKind, System};

use super::stats::{book, config, folder, refuse};
use super::{Outcome, say};
use crate::usage::{Cell, Dimension, Effacement, Period, Release, Shown, Total, export};
use crate::wording::Lang;

/// `estranctl metrics`: writes the metrics in the text format of Prometheus, for the textfile
/// collector of its node exporter.
#[derive(Debug, Args)]
pub(super) struct Metrics {
    /// Sends them by OTLP/HTTP to the address of `[statistics] collector` instead.
    #[cfg(feature = "telemetry")]
    #[arg(long)]
    send: bool,
    /// The folder of the statistics [default: estran in STATE_DIRECTORY, XDG_STATE_HOME or HOME].
    #[arg(long, value_name = "FOLDER")]
    state: Option<PathBuf>,
    /// The folder that holds station.toml; the configuration compiled in when absent.
    #[arg(long, value_name = "FOLDER")]
    config: Option<PathBuf>,
}

/// One number with its labels, all of them from closed lists.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Gauge {
    pub name: &'static str,
    pub labels: Vec<(&'static str, String)>,
    pub value: f64,
}

pub(super) fn run(metrics: &Metrics, lang: Lang) -> std::io::Result<Outcome> {
    match gauges(metrics, lang) {
        Ok((all, collector)) => deliver(metrics, &all, collector.as_deref()),
        Err(error) => refuse(&error),
    }
}

#[cfg(feature = "telemetry")]
fn deliver(metrics: &Metrics, all: &[Gauge], collector: Option<&str>) -> std::io::Result<Outcome> {
    if !metrics.send {
        return say(text(all).trim_end());
    }
    let Some(collector) = collector else {
        return refuse("sending metrics: no collector is configured; set [statistics] collector");
    };
    match super::otlp::send(collector, all) {
        Ok(()) => say(&format!("{} metrics sent", all.len())),
        Err(error) => refuse(&error),
    }
}

#[cfg(not(feature = "telemetry"))]
fn deliver(_: &Metrics, all: &[Gauge], _: Option<&str>) -> std::io::Result<Outcome> {
    say(text(all).trim_end())
}

fn gauges(metrics: &Metrics, lang: Lang) -> Result<(Vec<Gauge>, Option<String>), String> {
    let config = config(metrics.config.as_deref(), lang)?;
    let folder = folder(metrics.state.clone())?;
    let mut all = health(&folder);
    if let Some(book) = book(&folder)? {
        let month = book.written().before();
        if book.visits(month) > 0 {
            let period = Period::Month(month);
            let release = export(&folder, period, config.statistics.thresholds);
            all.extend(numbers(&release.map_err(|error| error.to_string())?));
        }
    }
    Ok((all, config.statistics.collector))
}

/// What is shown of a month; hidden cells are left out.
fn numbers(release: &Release) -> Vec<Gauge> {
    let month = || ("month", release.period.to_string());
    let mut all = Vec::new();
    if let Total::Exact(count) | Total::Rounded(count) | Total::Noisy { count, .. } = release.total
    {
        all.push(gauge("estran_visits", vec![month()], count));
    }
    for (cell, shown) in &release.cells {
        let (Cell::One(list, rank), Shown::Exact(count)) = (cell, shown) else {
            continue;
        };
        let value = list.cell(*rank).unwrap_or_default();
        if *list == Dimension::Effacement {
            if value == Effacement::Echec.name() {
                all.push(gauge("estran_wipe_failures", vec![month()], *count));
            }
            continue;
        }
        let labels = vec![
            month(),
            ("list", list.name().to_owned()),
            ("value", value.to_owned()),
        ];
        all.push(gauge("estran_visits_by", labels, *count));
    }
    all
}

fn gauge(name: &'static str, labels: Vec<(&'static str, String)>, value: u32) -> Gauge {
    Gauge {
        name,
        labels,
        value: f64::from(value),
    }
}

/// The machine: memory, and the disk that holds the statistics. What the system does not tell is
/// left out.
fn health(folder: &std::path::Path) -> Vec<Gauge> {
    let bytes = |name, value: u64| Gauge {
        name,
        labels: Vec::new(),
        value: value as f64,
    };
    let memory = MemoryRefreshKind::nothing().with_ram().with_swap();
    let mut all = Vec::new();
    if let Ok(system) = System::new_with_specifics(RefreshKind::nothing().with_memory(memory)) {
        all.push(bytes("estran_memory_bytes", system.total_memory()));
        all.push(bytes(
            "estran_memory_available_bytes",
            system.available_memory(),
        ));
        all.push(bytes("estran_swap_used_bytes", system.used_swap()));
    }
    all.extend(System::uptime().map(|seconds| bytes("estran_up_seconds", seconds)));
    if let Ok(disks) = Disks::new_with_refreshed_list() {
        let disks = disks.iter();
        let holds = disks.filter(|disk| folder.starts_with(disk.mount_point()));
        if let Some(disk) = holds.max_by_key(|disk| disk.mount_point().as_os_str().len()) {
            all.push(bytes("estran_disk_available_bytes", disk.available_space()));
        }
    }
    all
}

/// The text format of Prometheus. Names and labels are ours: nothing needs escaping.
fn text(all: &[Gauge]) -> String {
    let mut text = String::new();
    let mut last = "";
    for Gauge {
        name,
        labels,
        value,
    } in all
    {
        if *name != last {
            let _ = writeln!(text, "# TYPE {name} gauge");
            last = *name;
        }
        let labels: Vec<String> = labels.iter().map(|(k, v)| format!("{k}=\"{v}\"")).collect();
        let labels = if labels.is_empty() {
            String::new()
        } else {
            format!("{{{}}}", labels.join(","))
        };
        let _ = writeln!(text, "{name}{labels} {value}");
    }
    text
}
