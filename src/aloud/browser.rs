//! The browser's own speech.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{SpeechSynthesis, SpeechSynthesisUtterance, SpeechSynthesisVoice};

use super::{Sound, Speech, SpeechVoice, Told};

/// Speaks by the Web Speech API.
pub struct BrowserSpeech {
    speech: SpeechSynthesis,
    /// What is being said and what waits for its end: a browser may forget an utterance that nobody holds.
    saying: RefCell<Option<(SpeechSynthesisUtterance, [EventListener; 2])>>,
}

impl BrowserSpeech {
    /// The speech of this browser; `None` where it has none.
    pub fn new() -> Option<BrowserSpeech> {
        let window = web_sys::window()?;
        let has = |name: &str| js_sys::Reflect::get(&window, &JsValue::from_str(name)).ok();
        has("SpeechSynthesisUtterance").filter(|constructor| constructor.is_function())?;
        let speech = has("speechSynthesis").filter(|speech| speech.is_object())?;
        Some(BrowserSpeech { speech: speech.unchecked_into(), saying: RefCell::default() })
    }

    fn all(&self) -> Vec<SpeechSynthesisVoice> {
        self.speech.get_voices().iter().map(JsCast::unchecked_into).collect()
    }
}

impl Speech for BrowserSpeech {
    fn voices(&self) -> Vec<SpeechVoice> {
        let voice = |voice: SpeechSynthesisVoice| SpeechVoice {
            language: voice.lang(),
            is_default: voice.default(),
        };
        self.all().into_iter().map(voice).collect()
    }

    fn speak(
        &self,
        text: &str,
        language: &str,
        sound: Sound,
        rate: f32,
        told: Box<dyn FnOnce(Told)>,
    ) {
        self.silence();
        let Ok(utterance) = SpeechSynthesisUtterance::new_with_text(text) else {
            return told(Told::Failed);
        };
        utterance.set_lang(language);
        if let Some(voice) = sound.voice.and_then(|n| self.all().into_iter().nth(n)) {
            utterance.set_voice(Some(&voice));
        }
        utterance.set_pitch(sound.pitch);
        utterance.set_rate(rate);
        // Whichever comes first is told, once.
        let told = Rc::new(Cell::new(Some(told)));
        let listener = |name: &'static str, what: Told| {
            let told = told.clone();
            EventListener::once(&utterance, name, move |_| {
                if let Some(told) = told.take() {
                    told(what);
                }
            })
        };
        let listeners = [listener("end", Told::Ended), listener("error", Told::Failed)];
        self.speech.speak(&utterance);
        self.saying.replace(Some((utterance, listeners)));
    }

    fn silence(&self) {
        // Dropped first, so that the end of what is cut off is not told.
        self.saying.replace(None);
        if self.speech.speaking() || self.speech.pending() {
            self.speech.cancel();
        }
    }
}
