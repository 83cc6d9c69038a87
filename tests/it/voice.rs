//! The voice, for real: our client, Speech Dispatcher, espeak-ng, and the sound that comes out.
//!
//! The sound goes into files: a machine without a loudspeaker speaks too.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use estran::voice::{Dispatcher, Missing, Voice};
use estran::wording::Lang;
use estran_driver::wait_until;

const PATIENCE: Duration = Duration::from_mins(1);

/// A Speech Dispatcher of this test alone, whose voices write files into its folder.
struct Service {
    child: Child,
    folder: tempfile::TempDir,
}

impl Service {
    fn start(voices: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("conf/modules")).unwrap();
        fs::create_dir_all(at("log")).unwrap();
        fs::write(
            at("conf/speechd.conf"),
            "LogLevel 0\nAudioOutputMethod \"alsa\"\nAudioALSADevice \"null\"\n\
             AddModule \"file\" \"sd_generic\" \"file.conf\"\nDefaultModule file\n",
        )
        .unwrap();
        fs::write(at("conf/modules/file.conf"), module(folder.path(), voices)).unwrap();
        let child = Command::new("speech-dispatcher")
            .args(["--run-single", "--communication-method", "unix_socket"])
            .arg("--config-dir")
            .arg(at("conf"))
            .arg("--socket-path")
            .arg(at("socket"))
            .arg("--pid-file")
            .arg(at("pid"))
            .arg("--log-dir")
            .arg(at("log"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("speech-dispatcher is installed: cargo xtask test says how");
        let service = Self { child, folder };
        wait_until("the speech service", PATIENCE, || {
            Ok(service.socket().exists())
        })
        .unwrap();
        service
    }

    fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    /// The loudest sample of what was said in `lang`, once anything was.
    fn loudness(&self, lang: &str) -> u16 {
        let path = self.folder.path().join(format!("said-{lang}.wav"));
        let mut loudest = 0;
        wait_until("a sound", PATIENCE, || {
            loudest = fs::read(&path).map_or(0, |wav| loudest_of(&wav));
            Ok(loudest > 0)
        })
        .unwrap();
        loudest
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn module(folder: &Path, voices: &[&str]) -> String {
    let mut text = format!(
        "Debug 0\nGenericExecuteSynth \"printf '%s\\n' \\'$DATA\\' | espeak-ng -v $VOICE --stdin \
         -w {}/said-$LANGUAGE.wav\"\nGenericCmdDependency \"espeak-ng\"\n",
        folder.display()
    );
    for voice in voices {
        text.extend([
            format!("GenericLanguage \"{voice}\" \"{voice}\" \"utf-8\"\n"),
            format!("AddVoice \"{voice}\" \"MALE1\" \"{voice}\"\n"),
        ]);
    }
    text
}

/// The loudest of 16-bit samples after the header of 44 bytes.
fn loudest_of(wav: &[u8]) -> u16 {
    let samples = wav.get(44..).unwrap_or_default().chunks_exact(2);
    samples
        .map(|pair| i16::from_le_bytes([pair[0], pair[1]]).unsigned_abs())
        .max()
        .unwrap_or(0)
}

#[test]
fn sentences_become_sound_in_each_language() {
    let service = Service::start(&["fr", "en", "ar"]);
    let mut voice = Dispatcher::at(service.socket());
    for (lang, sentence) in [
        (Lang::Fr, "Une personne propose de vous aider."),
        (Lang::En, "Someone offers to help you."),
        (Lang::Ar, "شخص يقترح مساعدتك"),
    ] {
        voice.say(lang, &[sentence.to_owned()]).unwrap();
        let loudest = service.loudness(lang.plain_tag());
        assert!(loudest > 1000, "{}: {loudest} of 32768", lang.tag());
    }
    // A later word takes the place of an earlier one, and silence can be asked for.
    voice
        .say(Lang::FrFalc, &["Un.".to_owned(), "Deux.".to_owned()])
        .unwrap();
    voice.hush();
}

#[test]
fn a_missing_voice_and_a_missing_service_are_told() {
    let service = Service::start(&["fr"]);
    let mut voice = Dispatcher::at(service.socket());
    let words = ["Bonjour.".to_owned()];
    assert_eq!(voice.say(Lang::Fr, &words), Ok(()));
    assert_eq!(voice.say(Lang::Ar, &words), Err(Missing::Language));
    assert_eq!(voice.say(Lang::Fr, &words), Ok(()), "it goes on");
    let mut nobody = Dispatcher::at(service.folder.path().join("nobody"));
    assert_eq!(nobody.say(Lang::Fr, &words), Err(Missing::Service));
}
