//! What the instance's `cupsd` reads: cupsd.conf(5), cups-files.conf(5), printers.conf(5).

use super::driver::Driver;
use super::{QUEUE, SOCKET};
use crate::guest::sandbox::Generated;

/// Where the instance keeps what is being printed, inside its sandbox.
pub const SPOOL: &str = "/var/spool/cups";

/// Where the folder with the socket is, inside its sandbox.
pub const MEETING: &str = "/run/print";

/// Operations that a visit needs. Whoever asks for another one is refused: nobody changes the
/// queue, and nobody sees another printer.
const ALLOWED: &str = "Create-Job Print-Job Validate-Job Send-Document Close-Job Cancel-Job \
    Cancel-Jobs Cancel-My-Jobs Get-Jobs Get-Job-Attributes Get-Printer-Attributes \
    Get-Printer-Supported-Values CUPS-Get-Default CUPS-Get-Printers CUPS-Get-Classes \
    CUPS-Get-PPD";

/// Whoever asks for anything else must be this account, which does not exist. (`Deny from all`
/// has no effect inside a policy; measured with lpadmin.)
const NOBODY: &str = "nobody-may-change-the-queue";

/// All files of one instance.
pub fn all(uri: &str, driver: &Driver) -> Vec<Generated> {
    vec![
        Generated::text("/etc/cups/cupsd.conf", daemon()),
        Generated::text("/etc/cups/cups-files.conf", places()),
        Generated::text("/etc/cups/printers.conf", printers(uri)),
        Generated {
            path: format!("/etc/cups/ppd/{QUEUE}.ppd").into(),
            content: driver.bytes().to_vec(),
        },
        Generated::text(
            "/etc/passwd",
            "lp:x:7:7:lp:/var/spool/cups:/usr/sbin/nologin\n",
        ),
        Generated::text("/etc/group", "lp:x:7:\n"),
        Generated::text("/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n"),
        Generated::text("/etc/nsswitch.conf", "hosts: files dns\n"),
    ]
}

/// The history of a job is kept for a minute and in RAM, so that "printed" can be told from
/// "given up"; its pages are gone as soon as the printer has them.
fn daemon() -> String {
    format!(
        "Listen {MEETING}/{SOCKET}\n\
         Browsing No\n\
         WebInterface No\n\
         DefaultAuthType None\n\
         DefaultShared No\n\
         LogLevel none\n\
         AccessLogLevel config\n\
         PageLogFormat\n\
         ErrorPolicy retry-current-job\n\
         JobRetryInterval 10\n\
         PreserveJobHistory 60\n\
         PreserveJobFiles No\n\
         MaxJobs 40\n\
         MaxJobTime 900\n\
         MaxCopies 20\n\
         MaxClients 40\n\
         LimitRequestBody 128m\n\
         DirtyCleanInterval 0\n\
         <Location />\nOrder deny,allow\n</Location>\n\
         <Location /admin>\nOrder allow,deny\nDeny from all\n</Location>\n\
         <Policy default>\n\
         JobPrivateAccess default\nJobPrivateValues default\n\
         SubscriptionPrivateAccess default\nSubscriptionPrivateValues default\n\
         <Limit {ALLOWED}>\nOrder deny,allow\n</Limit>\n\
         <Limit All>\nAuthType Basic\nRequire user {NOBODY}\n</Limit>\n\
         </Policy>\n"
    )
}

/// Its logs go to standard error, which nobody reads.
fn places() -> String {
    format!(
        "AccessLog stderr\nErrorLog stderr\nPageLog stderr\n\
         CacheDir /var/cache/cups\nRequestRoot {SPOOL}\nTempDir {SPOOL}/tmp\n\
         StateDir /run/cups\nServerRoot /etc/cups\nPrintcap\n\
         SystemGroup lp\nUser lp\nGroup lp\nSandboxing Relaxed\nSyncOnClose No\n"
    )
}

fn printers(uri: &str) -> String {
    format!(
        "<DefaultPrinter {QUEUE}>\n\
         Info {QUEUE}\nDeviceURI {uri}\nState Idle\nType 4\nAccepting Yes\nShared No\n\
         JobSheets none none\nQuotaPeriod 0\nPageLimit 0\nKLimit 0\nOpPolicy default\n\
         ErrorPolicy retry-current-job\n\
         </DefaultPrinter>\n"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn everything_is_kept_in_the_sandbox_and_nothing_is_logged() {
        let driver = Driver::of(b"*PPD-Adobe: \"4.3\"\n".to_vec()).unwrap();
        let files = all("ipp://imprimante.example/ipp/print", &driver);
        let text = |end: &str| {
            let file = files.iter().find(|file| file.path.ends_with(end)).unwrap();
            String::from_utf8(file.content.clone()).unwrap()
        };
        let places = text("cups-files.conf");
        for place in places.lines().filter_map(|line| line.split_once(" /")) {
            assert!(
                ["var/cache/cups", "var/spool/cups", "run/cups", "etc/cups"]
                    .iter()
                    .any(|inside| place.1.starts_with(inside)),
                "{place:?}"
            );
        }
        for log in ["AccessLog", "ErrorLog", "PageLog"] {
            assert!(places.contains(&format!("{log} stderr\n")), "{log}");
        }
        assert!(text("cupsd.conf").contains("PreserveJobFiles No\n"));
        assert!(text("printers.conf").contains("DeviceURI ipp://imprimante.example/ipp/print\n"));
    }
}
