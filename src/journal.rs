//! The programs' own log: to standard error, in closed words.
#![forbid(unsafe_code)]

use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts the log. Only Estran's own events pass: a library's may quote what a guest said.
pub fn start() {
    let ours = Targets::new().with_target("estran", Level::INFO);
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_ansi(false);
    tracing_subscriber::registry().with(lines).with(ours).init();
    // A panic's own message may quote anything: the place is enough to find the mistake.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map_or((file!(), 0), |at| (at.file(), at.line()));
        tracing::error!(file = place.0, line = place.1, "panic");
    }));
}
