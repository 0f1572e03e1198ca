//! What the reader of a page has chosen: one state, changed by one pure function, `after`.

use std::rc::Rc;

use dixit_engine::{Analysis, Span};

use crate::scene::{Kinds, Sources, View};

/// What the reducer needs to know about a quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fold {
    /// Whether it folds.
    pub folds: bool,
    /// Whose words it is.
    pub speaker: Option<usize>,
}

/// A place of the article to be shown and marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A quotation, by its index.
    Quotation(usize),
    /// A statement, by the index of its attribution.
    Statement(usize),
}

/// What is done with the article in a dialog over it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Reads which keys there are.
    Keys,
    /// Copies or shares a link.
    Link(About),
    /// Saves or copies who said what.
    Export,
    /// Makes a picture of a statement, by the index of its attribution.
    Card(usize),
    /// Corrects who said a statement, by the index of its attribution.
    Correct(usize),
    /// Corrects who said what stands in marks, by the index of a quotation that nobody is credited with.
    CorrectQuotation(usize),
    /// Corrects a speaker, by index.
    Speaker(usize),
    /// Looks through the corrections.
    Corrections,
}

impl Place {
    /// Where it begins.
    pub fn span(self, analysis: &Analysis) -> Option<Span> {
        match self {
            Place::Quotation(n) => analysis.quotations.get(n).map(|q| q.span),
            Place::Statement(n) => analysis.attributions.get(n)?.content.first().copied(),
        }
    }

    /// The attribution of what stands there; of a quotation that nobody is credited with there is none.
    pub fn attribution(self, analysis: &Analysis) -> Option<usize> {
        match self {
            Place::Quotation(n) => analysis.quotations.get(n)?.attribution,
            Place::Statement(n) => Some(n),
        }
    }
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A statement, by the index of its attribution.
    Statement(usize),
    /// A speaker, by index.
    Speaker(usize),
}

/// What a link led to that is not in the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lost {
    /// A quotation.
    Quotation,
    /// A reported statement.
    Statement,
    /// A speaker.
    Speaker,
}

/// A reason that is open: of which attribution, and where it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Why {
    /// The attribution that is explained.
    pub attribution: usize,
    /// The quotation at which it was asked for; `None` at reported words.
    pub quotation: Option<usize>,
    /// The block after which it stands.
    pub block: usize,
}

/// What the reader has chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    folds: Rc<[Fold]>,
    /// How the article is shown.
    pub view: View,
    /// The chosen speaker.
    pub speaker: Option<usize>,
    /// The speaker who is compared with the chosen one.
    pub beside: Option<usize>,
    /// Which statements count.
    pub kinds: Kinds,
    /// Whose statements count.
    pub sources: Sources,
    /// For each quotation, whether it is folded.
    pub shut: Vec<bool>,
    /// The open reason.
    pub why: Option<Why>,
    /// The open dialog.
    pub tool: Option<Tool>,
    /// The place that is marked.
    pub place: Option<Place>,
    /// What the page's address names and the article does not have.
    pub lost: Option<Lost>,
    /// Goes up with every move to a place, also to the same one.
    pub moves: usize,
    /// Which of the chosen speaker's statements the reader went to.
    pub step: Option<usize>,
    /// Whether the list of voices is opened where it stands behind a button.
    pub listed: bool,
    /// What is looked for in the transcript.
    pub find: Rc<str>,
    /// The blocks whose pictures are loaded.
    pub pictures: Vec<usize>,
}

/// What a reader can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Shows the article in another view.
    View(View),
    /// Compares the chosen speaker with another, or with nobody.
    Beside(Option<usize>),
    /// Chooses which statements count.
    Kinds(Kinds),
    /// Chooses whose statements count.
    Sources(Sources),
    /// Chooses a speaker, or lets the chosen one go.
    Choose(usize),
    /// Chooses a speaker, also when already chosen.
    Show(usize),
    /// Folds or opens a quotation.
    Toggle(usize),
    /// Opens a quotation.
    Open(usize),
    /// Folds every quotation that folds.
    FoldAll,
    /// Opens every quotation.
    OpenAll,
    /// Opens the chosen speaker's quotations and folds all others.
    OnlyChosen,
    /// Asks for a reason, or closes it.
    Why(Why),
    /// Closes the reason.
    CloseWhy,
    /// Opens a dialog, in the place of another.
    Tool(Tool),
    /// Closes the dialog.
    CloseTool,
    /// Marks a quotation and goes there, folded or not.
    Mark(usize),
    /// Folds these quotations of an article that was open before.
    Refold(Rc<[usize]>),
    /// Takes back what narrows the statements that count.
    Clear,
    /// Chooses a speaker to compare with another, or the other.
    Compare(usize),
    /// Compares no more.
    CompareEnd,
    /// Looks for words.
    Find(Rc<str>),
    /// Goes to a quotation, opening it.
    GoTo(usize),
    /// Goes to a statement, by the index of its attribution.
    GoToStatement(usize),
    /// Goes to the first statement of a speaker, who is chosen.
    GoToSpeaker {
        /// The speaker.
        speaker: usize,
        /// The first statement's attribution.
        attribution: usize,
    },
    /// Says that what the page's address names is not there, or no longer.
    Lost(Option<Lost>),
    /// Goes to the statement with this number among the chosen speaker's.
    Step {
        /// Its number.
        step: usize,
        /// Its attribution.
        attribution: usize,
    },
    /// Opens or closes the list of voices where it stands behind a button.
    List,
    /// Loads the picture of a block.
    Picture(usize),
    /// Closes the reason if one is open, else lets the chosen speaker go.
    Escape,
}

impl State {
    /// Nothing chosen, every quotation open.
    pub fn new(folds: Rc<[Fold]>) -> State {
        let shut = vec![false; folds.len()];
        State {
            folds,
            view: View::default(),
            speaker: None,
            beside: None,
            kinds: Kinds::default(),
            sources: Sources::default(),
            shut,
            why: None,
            tool: None,
            place: None,
            lost: None,
            moves: 0,
            step: None,
            listed: false,
            find: "".into(),
            pictures: Vec::new(),
        }
    }

    /// The same state over other quotations, all of them open.
    pub fn with(&self, folds: Rc<[Fold]>) -> State {
        let shut = vec![false; folds.len()];
        State { folds, shut, ..self.clone() }
    }

    /// The state with quotation `n` folded, if it folds.
    pub fn shutting(mut self, n: usize) -> State {
        self.fold(n, true);
        self
    }

    /// Whether a quotation that folds is open.
    pub fn any_open(&self) -> bool {
        self.folds.iter().zip(&self.shut).any(|(fold, &shut)| fold.folds && !shut)
    }

    /// Whether a quotation is folded.
    pub fn any_shut(&self) -> bool {
        self.shut.contains(&true)
    }

    /// Whether any quotation folds.
    pub fn any_folds(&self) -> bool {
        self.folds.iter().any(|f| f.folds)
    }

    /// The state after `action`.
    pub fn after(&self, action: Action) -> State {
        let mut state = self.clone();
        match action {
            Action::View(view) => state.view = view,
            Action::Beside(s) => state.beside = s.filter(|_| self.speaker != s),
            Action::Kinds(kinds) => state.kinds = kinds,
            Action::Sources(sources) => state.sources = sources,
            Action::Choose(s) if self.speaker == Some(s) => state.choose(None),
            Action::Choose(s) => state.choose(Some(s)),
            Action::Show(s) if self.speaker == Some(s) => {}
            Action::Show(s) => state.choose(Some(s)),
            Action::Toggle(n) => {
                let shut = self.shut.get(n).copied().unwrap_or(false);
                state.fold(n, !shut);
            }
            Action::Open(n) => state.fold(n, false),
            Action::FoldAll => state.fold_where(|_| true),
            Action::OpenAll => state.shut.fill(false),
            Action::OnlyChosen => {
                state.fold_where(|fold| self.speaker.is_some() && fold.speaker != self.speaker);
            }
            Action::Why(why) if self.why == Some(why) => state.why = None,
            Action::Why(why) => state.why = Some(why),
            Action::CloseWhy => state.why = None,
            Action::Tool(tool) => state.tool = Some(tool),
            Action::CloseTool => state.tool = None,
            Action::Mark(n) => state.go(Place::Quotation(n)),
            Action::Refold(shut) => {
                for &n in shut.iter() {
                    state.fold(n, true);
                }
            }
            Action::Clear => {
                state.kinds = Kinds::default();
                state.sources = Sources::default();
            }
            Action::Compare(s) => match self.speaker {
                None => state.choose(Some(s)),
                Some(one) if one == s => state.choose(None),
                Some(_) => state.beside = Some(s),
            },
            Action::CompareEnd => state.choose(None),
            Action::Find(words) => state.find = words,
            Action::GoTo(n) => {
                state.view = View::Article;
                state.fold(n, false);
                state.go(Place::Quotation(n));
            }
            Action::GoToStatement(n) => {
                state.view = View::Article;
                state.go(Place::Statement(n));
            }
            Action::GoToSpeaker { speaker, attribution } => {
                state.view = View::Article;
                state.choose(Some(speaker));
                state.go(Place::Statement(attribution));
            }
            Action::Lost(lost) => {
                state.lost = lost;
                state.place = None;
                state.moves += usize::from(lost.is_some());
            }
            Action::Step { step, attribution } => {
                state.step = Some(step);
                state.go(Place::Statement(attribution));
            }
            Action::List => state.listed = !self.listed,
            Action::Picture(block) => state.pictures.push(block),
            Action::Escape if self.why.is_some() => state.why = None,
            Action::Escape => state.choose(None),
        }
        state
    }

    fn choose(&mut self, speaker: Option<usize>) {
        self.speaker = speaker;
        if speaker.is_none() || speaker == self.beside {
            self.beside = None;
        }
        self.step = None;
        self.place = None;
    }

    fn go(&mut self, place: Place) {
        self.place = Some(place);
        self.lost = None;
        self.moves += 1;
    }

    fn fold(&mut self, n: usize, shut: bool) {
        if let (Some(fold), Some(slot)) = (self.folds.get(n), self.shut.get_mut(n)) {
            *slot = shut && fold.folds;
        }
    }

    fn fold_where(&mut self, shut: impl Fn(&Fold) -> bool) {
        self.shut = self.folds.iter().map(|fold| fold.folds && shut(fold)).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three quotations: two of speaker 0, of which one folds, and one of speaker 1 that folds.
    fn start() -> State {
        let fold = |folds, speaker| Fold { folds, speaker: Some(speaker) };
        State::new([fold(true, 0), fold(false, 0), fold(true, 1)].into())
    }

    fn after(actions: &[Action]) -> State {
        actions.iter().fold(start(), |state, action| state.after(action.clone()))
    }

    #[test]
    fn folding_touches_what_folds_only() {
        use Action::*;
        for (actions, expected) in [
            (&[][..], [false, false, false]),
            (&[Toggle(0)], [true, false, false]),
            (&[Toggle(0), Toggle(0)], [false, false, false]),
            (&[Toggle(1)], [false, false, false]),
            (&[Toggle(99), Open(99), GoTo(99)], [false, false, false]),
            (&[FoldAll], [true, false, true]),
            (&[FoldAll, Open(2)], [true, false, false]),
            (&[FoldAll, GoTo(0)], [false, false, true]),
            (&[FoldAll, OpenAll], [false, false, false]),
            (&[Choose(0), OnlyChosen], [false, false, true]),
            (&[FoldAll, Choose(1), OnlyChosen], [true, false, false]),
            (&[FoldAll, OnlyChosen], [false, false, false]),
        ] {
            assert_eq!(after(actions).shut, expected, "{actions:?}");
        }
        assert!(after(&[]).any_open() && !after(&[]).any_shut());
        assert!(after(&[Toggle(0)]).any_open() && after(&[Toggle(0)]).any_shut());
        assert!(!after(&[FoldAll]).any_open());
    }

    #[test]
    fn a_speaker_is_chosen_and_let_go() {
        use Action::*;
        for (actions, expected) in [
            (&[Choose(1)][..], Some(1)),
            (&[Choose(1), Choose(1)], None),
            (&[Choose(1), Choose(0)], Some(0)),
            (&[Choose(1), Escape], None),
            (&[Show(1), Show(1)], Some(1)),
        ] {
            assert_eq!(after(actions).speaker, expected, "{actions:?}");
        }
        let gone = after(&[Choose(1), Step { step: 0, attribution: 4 }, Choose(0)]);
        assert_eq!((gone.step, gone.place), (None, None));
    }

    #[test]
    fn escape_closes_the_reason_before_it_lets_the_speaker_go() {
        use Action::*;
        let why = crate::state::Why { attribution: 0, quotation: Some(0), block: 0 };
        let other = crate::state::Why { quotation: Some(1), ..why };
        assert_eq!(after(&[Why(why)]).why, Some(why));
        assert_eq!(after(&[Why(why), Why(why)]).why, None);
        assert_eq!(after(&[Why(why), Why(other)]).why, Some(other));
        assert_eq!(after(&[Why(why), CloseWhy]).why, None);
        let state = after(&[Choose(1), Why(why), Escape]);
        assert_eq!((state.why, state.speaker), (None, Some(1)));
        assert_eq!(state.after(Escape).speaker, None);
    }

    #[test]
    fn one_dialog_at_a_time() {
        use Action::{CloseTool, Tool};
        let keys = crate::state::Tool::Keys;
        assert_eq!(after(&[Tool(keys), Tool(keys)]).tool, Some(keys));
        assert_eq!(after(&[Tool(keys), CloseTool]).tool, None);
    }

    #[test]
    fn what_is_not_there_is_said_until_something_is() {
        let lost = after(&[Action::GoTo(0), Action::Lost(Some(Lost::Quotation))]);
        assert_eq!((lost.lost, lost.place, lost.moves), (Some(Lost::Quotation), None, 2));
        assert_eq!(lost.after(Action::Lost(None)).lost, None);
        let found = lost.after(Action::GoToSpeaker { speaker: 1, attribution: 4 });
        assert_eq!((found.lost, found.speaker), (None, Some(1)));
        assert_eq!(found.place, Some(Place::Statement(4)));
        assert_eq!(lost.after(Action::GoToStatement(2)).place, Some(Place::Statement(2)));
    }

    #[test]
    fn two_speakers_are_compared_and_words_lead_back_to_the_article() {
        use Action::*;
        for (actions, expected) in [
            (&[Compare(0)][..], (Some(0), None)),
            (&[Compare(0), Compare(1)], (Some(0), Some(1))),
            (&[Compare(0), Compare(0)], (None, None)),
            (&[Compare(0), Compare(1), CompareEnd], (None, None)),
        ] {
            let state = after(actions);
            assert_eq!((state.speaker, state.beside), expected, "{actions:?}");
        }
        let view = crate::scene::View::Transcript;
        assert_eq!(after(&[View(view), GoTo(0)]).view, crate::scene::View::Article);
        assert_eq!(after(&[Refold([0, 1, 9].into())]).shut, [true, false, false]);
    }

    #[test]
    fn every_move_counts_also_to_the_same_place() {
        let step = Action::Step { step: 1, attribution: 7 };
        let state = after(&[step.clone(), step]);
        assert_eq!((state.place, state.moves, state.step), (Some(Place::Statement(7)), 2, Some(1)));
    }
}
