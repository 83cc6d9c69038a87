//! What the front-end tells a developer build's tests about its screen.

use std::io::Read;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::Duration;

use serde::Deserialize;

use crate::Result;

/// The current screen.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Ui {
    /// Its name: "welcome", "notice", "choosing" ….
    pub screen: String,
    /// BCP 47 language.
    pub lang: String,
    /// 1.0, 1.5 or 2.0.
    pub text_scale: f32,
    /// High contrast is on.
    pub contrast: bool,
    /// Of the window, in pixels.
    pub width: f32,
    /// Of the window, in pixels.
    pub height: f32,
    /// The control that has the keyboard, when one has.
    pub focus: Option<String>,
    /// In the order of the Tab key.
    pub controls: Vec<Control>,
    /// The guest's place on this screen, when it is shown.
    pub guest: Option<Guest>,
}

/// One thing that can be pressed or filled.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Control {
    /// "screen.action".
    pub id: String,
    /// "button", "checkbox", "field" ….
    pub role: String,
    /// What the visitor reads.
    pub label: String,
    /// Left, top, width, height in pixels.
    pub bounds: [f32; 4],
    /// Can be used now.
    pub enabled: bool,
    /// For what can be ticked.
    #[serde(default)]
    pub checked: Option<bool>,
}

/// The guest area.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Guest {
    /// Left, top, width, height in pixels.
    pub bounds: [f32; 4],
}

impl Ui {
    /// Asks the front-end: it answers each connection with one JSON document.
    ///
    /// # Errors
    /// When nobody listens there or the answer is not understood.
    pub fn ask(socket: &Path) -> Result<Self> {
        let mut stream = UnixStream::connect(socket)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(serde_json::from_str(&answer)?)
    }

    /// The control of this id.
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls.iter().find(|control| control.id == id)
    }
}

impl Control {
    /// Its middle.
    pub fn middle(&self) -> (i32, i32) {
        middle(self.bounds)
    }
}

impl Guest {
    /// A point of the guest area: parts of its width and height, 0.0 to 1.0.
    pub fn point(&self, across: f32, down: f32) -> (i32, i32) {
        let [x, y, width, height] = self.bounds;
        ((x + width * across) as i32, (y + height * down) as i32)
    }
}

fn middle([x, y, width, height]: [f32; 4]) -> (i32, i32) {
    ((x + width / 2.0) as i32, (y + height / 2.0) as i32)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, missing_docs)]
    use super::*;
    use std::io::Write;
    use std::os::unix::net::UnixListener;

    #[test]
    fn one_document_then_the_end() {
        let path = std::env::temp_dir().join(format!("estran-ui-{}", std::process::id()));
        std::fs::remove_file(&path).ok();
        let listener = UnixListener::bind(&path).unwrap();
        let answer = r#"{"screen":"welcome","lang":"fr","text_scale":1.0,"contrast":false,
            "width":1280.0,"height":720.0,"focus":"welcome.start","controls":[{"id":"welcome.start",
            "role":"button","label":"Toucher pour commencer","bounds":[400.0,500.0,480.0,96.0],
            "enabled":true,"checked":null}],"guest":null}"#;
        let peer = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(answer.as_bytes()).unwrap();
        });
        let ui = Ui::ask(&path).unwrap();
        peer.join().unwrap();
        std::fs::remove_file(&path).unwrap();
        assert_eq!(ui.control("welcome.start").unwrap().middle(), (640, 548));
        assert!(ui.control("welcome.stop").is_none());
        assert!(Ui::ask(&path).is_err());
    }
}
