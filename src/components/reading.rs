//! The reading page: the article with its voices, and the panel that says who said what.

use std::rc::Rc;

use dixit_engine::{Analysis, Article, Direction};
use yew::prelude::*;

use super::body::Body;
use super::furniture::{related, set_aside};
use super::head::head;
use super::page_events::use_page_events;
use super::panel::Panel;
use crate::plan::Plan;
use crate::state::{Action, Fold, State};
use crate::voices::plural;

/// Props of [`Reading`].
#[derive(Properties)]
pub struct Props {
    /// The article.
    pub article: Rc<Article>,
    /// Who said what in it.
    pub analysis: Rc<Analysis>,
    /// What stands between the article and the teasers: the comments.
    #[prop_or_default]
    pub children: Html,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.article, &other.article)
            && Rc::ptr_eq(&self.analysis, &other.analysis)
            && self.children == other.children
    }
}

/// The reading page of one article. Its first render depends on its props alone.
#[component]
pub fn Reading(props: &Props) -> Html {
    let key = (Rc::as_ptr(&props.article) as usize, Rc::as_ptr(&props.analysis) as usize);
    let plan = use_memo(key, |_| Plan::new(props.article.clone(), props.analysis.clone()));
    // Another article is another page: nothing chosen in the one before holds.
    let key = Rc::as_ptr(&plan) as usize;
    html! { <Page {key} {plan}>{ props.children.clone() }</Page> }
}

#[derive(Properties)]
struct PageProps {
    plan: Rc<Plan>,
    #[prop_or_default]
    children: Html,
}

impl PartialEq for PageProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && self.children == other.children
    }
}

#[component]
fn Page(props: &PageProps) -> Html {
    let plan = &props.plan;
    let state = use_reducer(|| State::new(folds(plan)));
    let root = use_node_ref();
    let on_action = {
        let dispatch = state.dispatcher();
        use_callback((), move |action: Action, ()| dispatch.dispatch(action))
    };
    let now = use_shared_state(&state);
    use_page_events(plan, &now, &root, &on_action);
    let article = &plan.article;
    let direction = match article.direction {
        Direction::Ltr => "ltr",
        Direction::Rtl => "rtl",
    };
    let is_chosen = now.speaker.is_some().then_some("has-choice");
    html! {
        <div ref={root} class={classes!("page", is_chosen)}>
            <Panel plan={plan.clone()} state={now.clone()} on_action={on_action.clone()} />
            <main>
                <article lang={article.language.clone()} dir={direction}>
                    { head(plan) }
                    <Body plan={plan.clone()} state={now.clone()} {on_action} />
                </article>
                { set_aside(&article.set_aside) }
                { props.children.clone() }
                { related(&article.related) }
            </main>
            <p class="vh" role="status">{ said(plan, &now) }</p>
        </div>
    }
}

/// The state as a shared value, so that what shows it can compare it by its address.
#[hook]
fn use_shared_state(state: &UseReducerHandle<State>) -> Rc<State> {
    let state = (**state).clone();
    (*use_memo(state, |state| Rc::new(state.clone()))).clone()
}

fn folds(plan: &Plan) -> Rc<[Fold]> {
    let folds = plan.folding().into_iter().enumerate();
    folds.map(|(n, folds)| Fold { folds, speaker: plan.speaker_of(n) }).collect()
}

/// What is announced after a choice.
fn said(plan: &Plan, state: &State) -> String {
    let Some(voice) = state.speaker.and_then(|s| plan.voices.voices.get(s)) else {
        return String::new();
    };
    if let Some(step) = state.step {
        let of = voice.statements.len();
        return ["Statement ", &(step + 1).to_string(), " of ", &of.to_string()].concat();
    }
    let quotes = plural(voice.n_quotes, "quote", "quotes");
    let reported = plural(voice.n_statements, "reported statement", "reported statements");
    [&voice.name, " chosen: ", &quotes, ", ", &reported].concat()
}
