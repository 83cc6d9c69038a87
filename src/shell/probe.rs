//! What a black-box test may know of the screen: its controls and where they are. Developer builds
//! only; never a string from the guest.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::advanced::widget::{Id as WidgetId, operate, operation};
use iced::futures::Stream;
use iced::futures::channel::mpsc;
use iced::{Rectangle, Task, Vector};
use serde_json::{Value, json};

use super::control::{Id, Role};
use super::focus::{Found, Survey};
use super::model::Model;
use crate::display::{HelperEvent, HelperSource};

/// Somebody who waits for the document.
#[derive(Clone, Debug)]
pub struct Question(Arc<UnixStream>);

impl Question {
    /// Sends the document and ends the connection.
    pub fn answer(self, document: &Value) {
        if let Err(error) = writeln!(&*self.0, "{document}") {
            tracing::debug!(kind = ?error.kind(), "the probe's client left");
        }
    }
}

/// Listens at `path`, from a thread that ends with the process.
pub fn listen(path: Option<PathBuf>) -> Option<impl Stream<Item = Question> + Send + 'static> {
    let path = path?;
    drop(std::fs::remove_file(&path));
    let listener = UnixListener::bind(&path)
        .inspect_err(|error| tracing::error!(kind = ?error.kind(), "the probe cannot listen"))
        .ok()?;
    let (sender, questions) = mpsc::unbounded();
    std::thread::Builder::new()
        .name("probe".to_owned())
        .spawn(move || {
            for stream in listener.incoming().flatten() {
                if sender.unbounded_send(Question(Arc::new(stream))).is_err() {
                    return;
                }
            }
        })
        .ok()?;
    Some(questions)
}

/// A helper's devices that are not there: events that a test writes down, one JSON object a line.
pub struct RecordedHelper {
    listener: UnixListener,
    lines: Option<Lines<BufReader<UnixStream>>>,
}

impl RecordedHelper {
    /// Listens at `path`.
    ///
    /// # Errors
    /// When nobody can listen there.
    pub fn listen(path: &Path) -> std::io::Result<Self> {
        drop(std::fs::remove_file(path));
        Ok(Self {
            listener: UnixListener::bind(path)?,
            lines: None,
        })
    }
}

impl HelperSource for RecordedHelper {
    fn next(&mut self) -> Option<HelperEvent> {
        loop {
            let Some(lines) = &mut self.lines else {
                let (stream, _) = self.listener.accept().ok()?;
                self.lines = Some(BufReader::new(stream).lines());
                continue;
            };
            match lines.next() {
                Some(Ok(line)) => {
                    if let Ok(event) = serde_json::from_str(&line) {
                        return Some(event);
                    }
                }
                // Whoever wrote has gone; the next one is heard.
                Some(Err(_)) | None => self.lines = None,
            }
        }
    }
}

/// Looks at the screen as it is now.
pub fn look(question: Question) -> Task<(Question, Vec<Found>)> {
    operate(Look(Survey::default())).map(move |found| (question.clone(), found))
}

struct Look(Survey);

impl operation::Operation<Vec<Found>> for Look {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn operation::Operation<Vec<Found>>)) {
        let entered = self.0.enter();
        operate(self);
        self.0.leave(entered);
    }

    fn scrollable(
        &mut self,
        _: Option<&WidgetId>,
        bounds: Rectangle,
        _: Rectangle,
        translation: Vector,
        _: &mut dyn operation::Scrollable,
    ) {
        self.0.saw_scrolled(bounds, translation);
    }

    fn custom(&mut self, _: Option<&WidgetId>, bounds: Rectangle, state: &mut dyn std::any::Any) {
        self.0.saw(bounds, state);
    }

    fn finish(&self) -> operation::Outcome<Vec<Found>> {
        operation::Outcome::Some(self.0.found.clone())
    }
}

/// The document: one object, sizes in the window's physical pixels, `factor` of them a logical
/// one.
pub fn document(
    model: &Model,
    screen: &str,
    focus: Option<&Id>,
    found: &[Found],
    factor: f32,
) -> Value {
    let controls: Vec<Value> = found
        .iter()
        .filter(|f| f.facts.role != Role::Guest)
        .map(|f| control(f, factor))
        .collect();
    let guest = found
        .iter()
        .find(|f| f.facts.role == Role::Guest)
        .map(|f| json!({ "bounds": bounds(f.bounds, factor) }));
    json!({
        "screen": screen,
        "lang": model.lang.tag(),
        "text_scale": f32::from(model.text.percent()) / 100.0,
        "contrast": model.contrast,
        "width": (model.size.width * factor).round(),
        "height": (model.size.height * factor).round(),
        "focus": focus,
        "controls": controls,
        "guest": guest,
    })
}

fn control(found: &Found, factor: f32) -> Value {
    let facts = &found.facts;
    let mut value = json!({
        "id": facts.id,
        "role": facts.role.name(),
        "label": facts.label,
        "bounds": bounds(found.bounds, factor),
        "enabled": facts.enabled,
    });
    if let (Some(checked), Some(object)) = (facts.checked, value.as_object_mut()) {
        object.insert("checked".to_owned(), checked.into());
    }
    value
}

fn bounds(r: Rectangle, factor: f32) -> [f32; 4] {
    [r.x, r.y, r.width, r.height].map(|side| (side * factor).round())
}
