//! Chromium: command line and policies. Policy names and meanings: chromeenterprise.google/policies;
//! names that version 156 calls unknown or deprecated are left out (checked by `tests/it/policies.rs`).
#![forbid(unsafe_code)]

use serde_json::{Value, json};

use super::Journey;
use crate::guest::companion;
use crate::guest::sandbox::{DOCUMENTS, HOME, PASSAGE_ADDRESS, PRACTICE_ADDRESS};
use crate::guest::words::Launch;

/// Windows go to the nested display.
pub(super) const WINDOWS: &str = "--ozone-platform=wayland";
const PROFILE: &str = ".config/chromium";

/// `--disable-background-networking` would keep the companion from being installed: what it turns
/// off is turned off by policies. Its own sandbox stays on: there is no `--no-sandbox` here, and
/// never will be.
const FLAGS: [&str; 13] = [
    WINDOWS,
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--disable-component-update",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--disable-session-crashed-bubble",
    "--hide-crash-restore-bubble",
    "--password-store=basic",
    "--noerrdialogs",
    "--start-maximized",
];

/// What to start. A running Chromium takes the address itself.
pub fn launch(program: String, journey: &Journey) -> Launch {
    let mut argv = vec![program];
    argv.extend(FLAGS.map(str::to_owned));
    argv.push(format!("--user-data-dir={HOME}/{PROFILE}"));
    argv.push(format!("--lang={}", journey.language));
    argv.push(format!("--accept-lang={}", journey.language));
    if journey.zoom > 100 {
        let (whole, rest) = (journey.zoom / 100, journey.zoom % 100);
        argv.push(format!("--force-device-scale-factor={whole}.{rest:02}"));
    }
    argv.push("--".to_owned());
    argv.push(journey.home.clone());
    Launch {
        argv,
        env: Vec::new(),
        files: vec![(format!("{PROFILE}/Default/Preferences"), preferences())],
        forward: true,
    }
}

/// Settings of a new profile that have no policy. File dialogs begin where the downloads are.
fn preferences() -> String {
    let preferences = json!({
        "browser": {
            "custom_chrome_frame": false,
            "has_seen_welcome_page": true,
        },
        "profile": { "exit_type": "Normal" },
        "savefile": { "default_directory": DOCUMENTS },
        "selectfile": { "last_directory": DOCUMENTS },
        "session": { "restore_on_startup": 5 },
    });
    format!("{preferences:#}\n")
}

/// Pages and schemes that nobody needs for a démarche.
const BLOCKED: [&str; 18] = [
    "file://*",
    "view-source:*",
    "chrome://*",
    "chrome-untrusted://*",
    "devtools://*",
    "chrome-extension://*",
    "ftp://*",
    "filesystem:*",
    "javascript://*",
    "ssh://*",
    "smb://*",
    "intent://*",
    "localhost",
    "127.0.0.1",
    "[::1]",
    "169.254.169.254",
    "0.0.0.0",
    "isolated-app://*",
];

/// Pages of the browser itself that the visitor needs: the print preview, and what shows a PDF.
const OWN: [&str; 3] = [
    "chrome://print",
    "chrome-untrusted://print",
    "chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai",
];

/// Everything that the session's Chromium is told.
pub fn policies(journey: &Journey) -> Value {
    let mut policies = closed_doors();
    merge(&mut policies, page_powers());
    merge(&mut policies, windows_and_files());
    merge(&mut policies, no_traces_no_offers());
    merge(&mut policies, no_imports());
    merge(&mut policies, companion::chromium_policies());
    merge(&mut policies, addresses(journey));
    policies
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}

/// Ways out of the page.
fn closed_doors() -> Value {
    json!({
        "DeveloperToolsAvailability": 2,
        "ExtensionInstallBlocklist": ["*"],
        "ExtensionInstallSources": [],
        "BlockExternalExtensions": true,
        "AllowFileSelectionDialogs": true,
    })
}

/// What pages may ask for.
fn page_powers() -> Value {
    json!({
        "DefaultFileSystemReadGuardSetting": 2,
        "DefaultFileSystemWriteGuardSetting": 2,
        "DefaultWebUsbGuardSetting": 2,
        "DefaultWebBluetoothGuardSetting": 2,
        "DefaultWebHidGuardSetting": 2,
        "DefaultSerialGuardSetting": 2,
        "DefaultNotificationsSetting": 2,
        "DefaultGeolocationSetting": 2,
        "DefaultSensorsSetting": 2,
        "DefaultLocalFontsSetting": 2,
        "DefaultWindowManagementSetting": 2,
        "DefaultPopupsSetting": 1,
        "AudioCaptureAllowed": false,
        "VideoCaptureAllowed": false,
        "ScreenCaptureAllowed": false,
        "EnableMediaRouter": false,
        "ExternalProtocolDialogShowAlwaysOpenCheckbox": false,
        "AutoLaunchProtocolsFromOrigins": [],
    })
}

/// The browser's own windows, downloads and printing.
fn windows_and_files() -> Value {
    json!({
        "IncognitoModeAvailability": 1,
        "BrowserAddPersonEnabled": false,
        "BrowserGuestModeEnabled": false,
        "ForceEphemeralProfiles": false,
        "TaskManagerEndProcessEnabled": false,
        "EditBookmarksEnabled": false,
        "BookmarkBarEnabled": false,
        "FullscreenAllowed": false,
        "RemoteDebuggingAllowed": false,
        "RemoteAccessHostAllowRemoteAccessConnections": false,
        "WebAppSettings": [],
        "SharedArrayBufferUnrestrictedAccessAllowed": false,
        "QuicAllowed": false,
        "WebRtcIPHandling": "default_public_interface_only",
        "PromptForDownloadLocation": false,
        "DownloadDirectory": DOCUMENTS,
        "DownloadRestrictions": 4,
        "AlwaysOpenPdfExternally": false,
        "PrintPreviewUseSystemDefaultPrinter": true,
        "PrintHeaderFooter": false,
        "DnsOverHttpsMode": "off",
        "BuiltInDnsClientEnabled": false,
    })
}

/// Offers to keep something, to sign in somewhere, or to send something home.
fn no_traces_no_offers() -> Value {
    json!({
        "PasswordManagerEnabled": false,
        "PasswordLeakDetectionEnabled": false,
        "PaymentMethodQueryEnabled": false,
        "BrowserSignin": 0,
        "SyncDisabled": true,
        "TranslateEnabled": false,
        "SpellCheckServiceEnabled": false,
        "MetricsReportingEnabled": false,
        "UrlKeyedAnonymizedDataCollectionEnabled": false,
        "UserFeedbackAllowed": false,
        "FeedbackSurveysEnabled": false,
        "BackgroundModeEnabled": false,
        "ComponentUpdatesEnabled": false,
        "DefaultBrowserSettingEnabled": false,
        "ChromeVariations": 2,
        "DomainReliabilityAllowed": false,
        "BrowserNetworkTimeQueriesEnabled": false,
        "PromotionsEnabled": false,
        "ShowFullUrlsInAddressBar": true,
        "SearchSuggestEnabled": false,
        "AlternateErrorPagesEnabled": false,
        "NetworkPredictionOptions": 2,
        "SafeBrowsingProtectionLevel": 1,
        "SafeBrowsingSurveysEnabled": false,
        "ShoppingListEnabled": false,
        "HistoryClustersVisible": false,
        "DesktopSharingHubEnabled": false,
        "AccessibilityImageLabelsEnabled": false,
        "AIModeSettings": 1,
        "GeminiSettings": 1,
        "HelpMeWriteSettings": 2,
        "HistorySearchSettings": 2,
        "TabCompareSettings": 2,
        "CreateThemesSettings": 2,
        "GenAILocalFoundationalModelSettings": 1,
        "SearchContentSharingSettings": 1,
    })
}

/// Nothing is brought in, nothing is advertised.
fn no_imports() -> Value {
    json!({
        "ImportAutofillFormData": false,
        "ImportBookmarks": false,
        "ImportHistory": false,
        "ImportSavedPasswords": false,
        "ImportSearchEngine": false,
        "ImportHomepage": false,
        "BlockThirdPartyCookies": false,
        "MediaRecommendationsEnabled": false,
    })
}

fn addresses(journey: &Journey) -> Value {
    let mut blocked: Vec<String> = BLOCKED.map(str::to_owned).into();
    blocked.extend(journey.refused.iter().cloned());
    let mut allowed: Vec<String> = OWN.map(str::to_owned).into();
    allowed.extend(journey.allowed.iter().cloned());
    if journey.practice {
        allowed.push(PRACTICE_ADDRESS.to_owned());
        blocked.push("*".to_owned());
    } else if !journey.allowed.is_empty() {
        blocked.push("*".to_owned());
    }
    let proxy = if journey.passage {
        json!({ "ProxyMode": "fixed_servers", "ProxyServer": PASSAGE_ADDRESS })
    } else {
        json!({ "ProxyMode": "direct" })
    };
    json!({
        "ProxySettings": proxy,
        "URLBlocklist": blocked,
        "URLAllowlist": allowed,
        "HomepageLocation": journey.home,
        "HomepageIsNewTabPage": false,
        "ShowHomeButton": true,
        "NewTabPageLocation": journey.home,
        "RestoreOnStartup": 5,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

    use super::*;

    fn journey() -> Journey {
        Journey {
            home: "https://www.caf.fr/".into(),
            allowed: vec!["caf.fr".into()],
            refused: Vec::new(),
            practice: false,
            passage: false,
            language: "fr".into(),
            zoom: 150,
        }
    }

    #[test]
    fn a_list_of_places_closes_the_rest_of_the_web() {
        let policies = policies(&journey());
        let blocked = policies["URLBlocklist"].as_array().unwrap();
        assert!(blocked.contains(&json!("*")));
        let allowed = policies["URLAllowlist"].as_array().unwrap();
        assert_eq!(allowed[..OWN.len()], OWN.map(|page| json!(page)));
        assert_eq!(allowed[OWN.len()..], [json!("caf.fr")]);
        let open = super::policies(&Journey {
            allowed: Vec::new(),
            ..journey()
        });
        assert!(
            !open["URLBlocklist"]
                .as_array()
                .unwrap()
                .contains(&json!("*"))
        );
    }

    #[test]
    fn the_address_cannot_become_a_flag() {
        let hostile = Journey {
            home: "--no-sandbox".into(),
            ..journey()
        };
        let launch = launch("chromium".into(), &hostile);
        let end = launch.argv.iter().position(|word| word == "--").unwrap();
        assert_eq!(launch.argv[end + 1..], ["--no-sandbox"]);
        assert!(
            launch
                .argv
                .contains(&"--force-device-scale-factor=1.50".to_owned())
        );
        assert!(
            !launch.argv[..end]
                .iter()
                .any(|word| word.contains("no-sandbox"))
        );
    }
}
