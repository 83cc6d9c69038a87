//! Firefox: command line, preferences and policies (mozilla.github.io/policy-templates), checked
//! against the real browser by `tests/it/policies.rs`.
#![forbid(unsafe_code)]

use std::fmt::Write;

use serde_json::{Value, json};

use super::Journey;
use crate::guest::companion;
use crate::guest::sandbox::{DOCUMENTS, HOME, OURS, PASSAGE_ADDRESS, PRACTICE_ADDRESS};
use crate::guest::words::Launch;

const PROFILE: &str = ".mozilla/estran";

/// Firefox announces a password field wrongly when it is the first field of the process that
/// takes the focus (measured twice out of two). So the first one is the empty field of this page,
/// which then gives way to the real one. The address comes after the `#` and must be http(s).
pub const START_PAGE: &str = r#"<!doctype html>
<meta charset="utf-8">
<title>Estran</title>
<style>html { background: #fff } input { opacity: 0; border: 0; position: fixed }</style>
<input id="first" aria-hidden="true" tabindex="-1" autofocus>
<script>
  const address = decodeURIComponent(location.hash.slice(1));
  const go = () => { if (/^https?:\/\//.test(address)) location.replace(address); };
  const first = document.getElementById("first");
  const seen = () => setTimeout(go, 120);
  first.focus();
  if (document.hasFocus()) seen();
  else { addEventListener("focus", () => { first.focus(); seen(); }, { once: true }); setTimeout(go, 1500); }
</script>
"#;

/// What to start. Without a message bus a running Firefox cannot be handed an address: it is
/// stopped and started again on the same profile, logins kept in it included.
pub fn launch(program: String, journey: &Journey) -> Launch {
    let argv = [
        program,
        "--no-remote".into(),
        "--new-instance".into(),
        "--profile".into(),
        format!("{HOME}/{PROFILE}"),
        "--new-window".into(),
        format!("file://{OURS}/start.html#{}", escape(&journey.home)),
    ];
    Launch {
        argv: argv.into(),
        // A report of a crash holds what stood in memory.
        env: vec![("MOZ_CRASHREPORTER_DISABLE".into(), "1".into())],
        files: vec![
            (format!("{PROFILE}/user.js"), preferences(journey)),
            companion::firefox_host(),
            (format!("{PROFILE}/customKeys.json"), keys()),
            (format!("{PROFILE}/chrome/userChrome.css"), MENU.to_owned()),
        ],
        forward: false,
    }
}

/// Prints a page that calls `window.print()` into a PDF, without asking; it does not end by
/// itself.
pub(super) fn print(program: String, address: &str) -> Launch {
    const PRINTING: &str = ".mozilla/impression";
    let settings = [
        ("print.always_print_silent", json!(true)),
        ("print_printer", json!("Mozilla Save to PDF")),
        (
            "print.printer_Mozilla_Save_to_PDF.print_to_file",
            json!(true),
        ),
        (
            "print.printer_Mozilla_Save_to_PDF.print_to_filename",
            json!(super::PRINTED),
        ),
        ("browser.shell.checkDefaultBrowser", json!(false)),
        ("browser.aboutwelcome.enabled", json!(false)),
    ];
    let argv = [
        program,
        "--headless".into(),
        "--no-remote".into(),
        "--new-instance".into(),
        "--profile".into(),
        format!("{HOME}/{PRINTING}"),
        address.into(),
    ];
    Launch {
        argv: argv.into(),
        env: vec![("MOZ_CRASHREPORTER_DISABLE".into(), "1".into())],
        files: vec![(format!("{PRINTING}/user.js"), user_js(settings))],
        forward: false,
    }
}

/// Percent-encodes everything that is not a letter, a digit or one of `-._~`.
fn escape(address: &str) -> String {
    let mut escaped = String::new();
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            write!(escaped, "%{byte:02X}").ok();
        }
    }
    escaped
}

/// What changes with each opening, and what policies cannot say.
fn preferences(journey: &Journey) -> String {
    let zoom = format!("{}.{:02}", journey.zoom / 100, journey.zoom % 100);
    let settings: [(&str, Value); 33] = [
        (
            "layout.css.devPixelsPerPx",
            json!(if journey.zoom > 100 {
                zoom
            } else {
                "-1.0".into()
            }),
        ),
        ("intl.locale.requested", json!(journey.language)),
        ("intl.accept_languages", json!(languages(&journey.language))),
        ("browser.shell.checkDefaultBrowser", json!(false)),
        ("browser.aboutwelcome.enabled", json!(false)),
        ("browser.startup.homepage_override.mstone", json!("ignore")),
        ("startup.homepage_welcome_url", json!("")),
        ("datareporting.policy.dataSubmissionEnabled", json!(false)),
        (
            "datareporting.policy.dataSubmissionPolicyBypassNotification",
            json!(true),
        ),
        ("browser.sessionstore.resume_from_crash", json!(false)),
        ("browser.sessionstore.max_tabs_undo", json!(5)),
        ("toolkit.startup.max_resumed_crashes", json!(-1)),
        ("browser.tabs.firefox-view", json!(false)),
        ("browser.uiCustomization.state", json!(buttons())),
        // No title bar of its own, and so no button that closes the window.
        ("browser.tabs.inTitlebar", json!(0)),
        ("browser.tabs.warnOnClose", json!(false)),
        ("browser.warnOnQuit", json!(false)),
        ("browser.discovery.enabled", json!(false)),
        (
            "browser.contentblocking.report.lockwise.enabled",
            json!(false),
        ),
        ("browser.vpn_promo.enabled", json!(false)),
        ("browser.preferences.moreFromMozilla", json!(false)),
        ("browser.toolbars.bookmarks.visibility", json!("never")),
        ("browser.uitour.enabled", json!(false)),
        ("browser.link.open_newwindow.restriction", json!(0)),
        ("browser.link.open_newwindow", json!(3)),
        ("full-screen-api.enabled", json!(false)),
        // As in Chromium (QuicAllowed): an upload is seen by the counters of TCP alone.
        ("network.http.http3.enable", json!(false)),
        ("widget.use-xdg-desktop-portal.file-picker", json!(0)),
        ("widget.use-xdg-desktop-portal.mime-handler", json!(0)),
        ("media.gmp-manager.updateEnabled", json!(false)),
        ("ui.key.menuAccessKeyFocuses", json!(false)),
        ("sidebar.revamp", json!(false)),
        (
            "toolkit.legacyUserProfileCustomizations.stylesheets",
            json!(true),
        ),
    ];
    user_js(settings.into_iter().chain(companion::firefox_preferences()))
}

/// The settings in the form of a profile's `user.js`.
fn user_js<'a>(settings: impl IntoIterator<Item = (&'a str, Value)>) -> String {
    settings
        .into_iter()
        .fold(String::new(), |mut lines, (name, value)| {
            // Writing to a String cannot fail.
            writeln!(lines, "user_pref({}, {value});", json!(name)).ok();
            lines
        })
}

/// The same for the page's own menu.
const MENU: &str = "#context-viewsource, #context-viewpartialsource-selection { display: none }\n";

/// Shortcuts of Firefox's own that do nothing here, in the form of its about:keyboard. Pages still
/// get these keys. The source of a page: Firefox now and then ended by itself over it (ESR 153,
/// "Illegal load attempt of view-source: URL from webIsolated", then a segmentation fault). The
/// others end the visit's browser, or open windows that hide its page.
fn keys() -> String {
    let names = [
        "key_viewSource",
        "key_viewInfo",
        "key_aboutProcesses",
        "key_quitApplication",
        "key_closeWindow",
        "key_newNavigator",
        "key_undoCloseWindow",
        "key_openAddons",
        "key_sanitize",
    ];
    let nothing = names.map(|name| (name.to_owned(), json!({})));
    format!("{}\n", Value::Object(nothing.into_iter().collect()))
}

/// Which buttons there are, and where: as Firefox keeps a layout that somebody chose. Without
/// Firefox View, whose list of tabs and history helps nobody in a démarche. A number above every
/// version keeps Firefox from adding buttons that are new to it.
fn buttons() -> String {
    json!({
        "placements": {
            "toolbar-menubar": ["menubar-items"],
            "TabsToolbar": ["tabbrowser-tabs", "new-tab-button", "alltabs-button"],
            "nav-bar": [
                "back-button", "forward-button", "stop-reload-button", "home-button",
                "urlbar-container", "downloads-button",
            ],
            "PersonalToolbar": ["personal-bookmarks"],
        },
        "seen": [],
        "dirtyAreaCache": ["TabsToolbar", "nav-bar"],
        "currentVersion": 10_000,
        "newElementCount": 0,
    })
    .to_string()
}

fn languages(first: &str) -> String {
    match first {
        "fr" => "fr, en".to_owned(),
        "en" => "en, fr".to_owned(),
        other => format!("{other}, fr, en"),
    }
}

/// Pages and schemes that nobody needs for a démarche; `about:` pages have policies of their own.
const BLOCKED: [&str; 8] = [
    "file:///*",
    "*://localhost/*",
    "*://127.0.0.1/*",
    "*://[::1]/*",
    "*://0.0.0.0/*",
    "*://169.254.169.254/*",
    "moz-extension://*/*",
    "ftp://*/*",
];

/// Everything that the session's Firefox is told.
pub fn policies(journey: &Journey) -> Value {
    let mut policies = closed_doors();
    for more in [
        no_traces_no_offers(),
        addresses(journey),
        extensions(&journey.language),
    ] {
        if let (Value::Object(into), Value::Object(more)) = (&mut policies, more) {
            into.extend(more);
        }
    }
    json!({ "policies": policies })
}

/// Ways out of the page.
fn closed_doors() -> Value {
    json!({
        "BlockAboutAddons": true,
        "BlockAboutConfig": true,
        "BlockAboutProfiles": true,
        "BlockAboutSupport": true,
        "DisableDeveloperTools": true,
        "DisableSetDesktopBackground": true,
        "DisableProfileImport": true,
        "DisableProfileRefresh": true,
        "DisableSafeMode": true,
        "DisableSystemAddonUpdate": true,
        "DisablePrivateBrowsing": true,
        "InstallAddonsPermission": { "Default": false },
        "DefaultDownloadDirectory": DOCUMENTS,
        "DownloadDirectory": DOCUMENTS,
        "PromptForDownloadLocation": false,
        "StartDownloadsInTempDirectory": false,
        "PrintingEnabled": true,
        "UseSystemPrintDialog": false,
        "PDFjs": { "Enabled": true, "EnablePermissions": false },
        "Handlers": { "schemes": {
            "mailto": { "action": "saveToDisk", "ask": false },
        } },
        "AutoLaunchProtocolsFromOrigins": [],
        "Permissions": {
            "Camera": { "BlockNewRequests": true },
            "Microphone": { "BlockNewRequests": true },
            "Location": { "BlockNewRequests": true },
            "Notifications": { "BlockNewRequests": true },
            "VirtualReality": { "BlockNewRequests": true },
        },
        "PopupBlocking": { "Default": false },
        "DNSOverHTTPS": { "Enabled": false, "Locked": true },
        "DisableAppUpdate": true,
        "DisableBuiltinPDFViewer": false,
        "HardwareAcceleration": false,
        "NetworkPrediction": false,
        "Preferences": {
            "dom.security.https_only_mode": { "Value": false, "Status": "default" },
            "network.protocol-handler.external-default": { "Value": false, "Status": "locked" },
            "print.save_as_pdf.links.enabled": { "Value": true, "Status": "default" },
        },
    })
}

/// Offers to keep something, to sign in somewhere, or to send something home.
fn no_traces_no_offers() -> Value {
    json!({
        "AutofillAddressEnabled": false,
        "AutofillCreditCardEnabled": false,
        "CaptivePortal": false,
        "DisableDefaultBrowserAgent": true,
        "DisableFeedbackCommands": true,
        "DisableFirefoxAccounts": true,
        "DisableFirefoxScreenshots": true,
        "DisableFirefoxStudies": true,
        "DisableForgetButton": true,
        "DisableFormHistory": true,
        "DisableMasterPasswordCreation": true,
        "DisablePasswordReveal": false,
        "DisableTelemetry": true,
        "DisplayBookmarksToolbar": "never",
        "DisplayMenuBar": "never",
        "DontCheckDefaultBrowser": true,
        "GenerativeAI": { "Enabled": false, "Locked": true },
        "VisualSearchEnabled": false,
        "FirefoxHome": {
            "Search": false, "TopSites": false, "SponsoredTopSites": false, "Highlights": false,
            "Pocket": false, "SponsoredPocket": false, "Snippets": false, "Locked": true,
        },
        "FirefoxSuggest": {
            "WebSuggestions": false, "SponsoredSuggestions": false, "ImproveSuggest": false,
            "Locked": true,
        },
        "NoDefaultBookmarks": true,
        "OfferToSaveLogins": false,
        "OverrideFirstRunPage": "",
        "OverridePostUpdatePage": "",
        "PasswordManagerEnabled": false,
        "SearchSuggestEnabled": false,
        "SkipTermsOfUse": true,
        "TranslateEnabled": false,
        "UserMessaging": {
            "ExtensionRecommendations": false, "FeatureRecommendations": false,
            "UrlbarInterventions": false, "SkipOnboarding": true, "MoreFromMozilla": false,
            "FirefoxLabs": false, "Locked": true,
        },
    })
}

/// None, except our companion and the visitor's language: Firefox's translations are extensions,
/// too. The machine's packages bring them; the visitor cannot install any.
fn extensions(language: &str) -> Value {
    let mut settings = serde_json::Map::new();
    settings.insert("*".into(), json!({ "installation_mode": "blocked" }));
    for house in ["firefox-esr", "firefox"] {
        let id = format!("langpack-{language}@{house}.mozilla.org");
        settings.insert(id, json!({ "installation_mode": "allowed" }));
    }
    let (id, companion) = companion::firefox_setting();
    settings.insert(id, companion);
    json!({ "ExtensionSettings": settings })
}

fn addresses(journey: &Journey) -> Value {
    let mut blocked: Vec<String> = BLOCKED.map(str::to_owned).into();
    let sites = journey.refused.iter();
    blocked.extend(sites.map(|domain| format!("*://*.{domain}/*")));
    let mut allowed = vec![
        format!("file://{OURS}/start.html"),
        companion::firefox_page(),
        // Firefox shows a PDF as soon as it has fetched it: the visitor's own, and nothing else there.
        format!("file://{DOCUMENTS}/*.pdf"),
    ];
    for domain in &journey.allowed {
        // The subdomain wildcard also matches the domain itself.
        allowed.push(format!("*://*.{domain}/*"));
    }
    if journey.practice {
        // A match pattern names no port.
        let host = PRACTICE_ADDRESS
            .split(':')
            .next()
            .unwrap_or(PRACTICE_ADDRESS);
        allowed.push(format!("http://{host}/*"));
    }
    if journey.practice || !journey.allowed.is_empty() {
        blocked.push("<all_urls>".to_owned());
    }
    let mut policies = json!({
        "WebsiteFilter": { "Block": blocked, "Exceptions": allowed },
        "Homepage": { "URL": journey.home, "Locked": true, "StartPage": "homepage" },
        "ShowHomeButton": true,
        "NewTabPage": false,
        "RequestedLocales": [journey.language],
    });
    if let (true, Value::Object(policies)) = (journey.passage, &mut policies) {
        let passage = json!({
            "Mode": "manual",
            "HTTPProxy": PASSAGE_ADDRESS,
            "UseHTTPProxyForAllProtocols": true,
            "Locked": true,
        });
        policies.insert("Proxy".to_owned(), passage);
    }
    policies
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    #[test]
    fn the_address_is_only_an_address() {
        let journey = Journey {
            home: "https://x.fr/?a=\"&b=<é>".into(),
            allowed: Vec::new(),
            refused: Vec::new(),
            practice: false,
            passage: false,
            language: "fr".into(),
            zoom: 125,
        };
        let launch = launch("firefox".into(), &journey);
        assert_eq!(
            launch.argv.last().unwrap(),
            "file:///run/estran/start.html#https%3A%2F%2Fx.fr%2F%3Fa%3D%22%26b%3D%3C%C3%A9%3E"
        );
        let (_, preferences) = &launch.files[0];
        assert!(preferences.contains("user_pref(\"layout.css.devPixelsPerPx\", \"1.25\");\n"));
    }
}
