//! The article's body: its blocks, and what a click in them means.

use std::rc::Rc;

use dixit_engine::{Block, BlockKind};
use yew::prelude::*;

use super::block::{Badges, Text};
use super::group::Choices;
use super::picture::Picture;
use super::why_note::WhyNote;
use crate::plan::Plan;
use crate::state::{Action, Place, State, Why};

/// Props of [`Body`].
#[derive(Properties)]
pub(crate) struct Props {
    /// The page.
    pub plan: Rc<Plan>,
    /// What is chosen.
    pub state: Rc<State>,
    /// What the reader does here.
    pub on_action: Callback<Action>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan)
            && Rc::ptr_eq(&self.state, &other.state)
            && self.on_action == other.on_action
    }
}

/// The blocks in order; neighbouring items form lists.
#[component]
pub(crate) fn Body(props: &Props) -> Html {
    let plan = &props.plan;
    let places = use_memo(Rc::as_ptr(plan) as usize, |_| Places::new(plan));
    let onclick = {
        let (on_action, state) = (props.on_action.clone(), props.state.clone());
        Callback::from(move |event: MouseEvent| {
            if let Some(action) = meaning(&event, &state) {
                on_action.emit(action);
            }
        })
    };
    let view = View { props, places: &places };
    let blocks = &plan.article.blocks;
    let mut html: Vec<Html> = Vec::with_capacity(blocks.len());
    let item = |block: Option<&Block>| match block.map(|b| &b.kind) {
        Some(BlockKind::ListItem { ordered }) => Some(*ordered),
        _ => None,
    };
    let mut n = 0;
    while let Some(block) = blocks.get(n) {
        let Some(ordered) = item(Some(block)) else {
            html.push(view.block(n, block));
            n += 1;
            continue;
        };
        let first = n;
        while item(blocks.get(n)) == Some(ordered) {
            n += 1;
        }
        let items = (first..n).map(|n| {
            html! { <li class={view.classes(n)} data-block={n.to_string()}>{ view.text(n) }{ view.note(n) }</li> }
        });
        html.push(match ordered {
            true => html! { <ol>{ for items }</ol> },
            false => html! { <ul>{ for items }</ul> },
        });
    }
    html! { <div class="body" {onclick}>{ html }</div> }
}

/// What a click in the body asks for; `None` where it is the browser's own (links, selecting).
fn meaning(event: &MouseEvent, state: &State) -> Option<Action> {
    let target: web_sys::Element = event.target_dyn_into()?;
    let closest = |selector| target.closest(selector).ok().flatten();
    let number = |element: &web_sys::Element, name| element.get_attribute(name)?.parse().ok();
    if closest("a, .note-why").is_some() {
        return None;
    }
    if let Some(badge) = closest("[data-speaker]") {
        return number(&badge, "data-speaker").map(Action::Choose);
    }
    let statement = closest(".qt, .ind")?;
    let quotation: Option<usize> = number(&statement, "data-quotation");
    let on_button = target.tag_name().eq_ignore_ascii_case("button");
    if let Some(n) = quotation {
        let shut = state.shut.get(n) == Some(&true);
        let toggles = on_button && target.class_name() == "tog";
        if toggles || (shut && !on_button) {
            return Some(Action::Toggle(n));
        }
    }
    let selection = web_sys::window()?.get_selection().ok().flatten();
    if !on_button && selection.is_some_and(|s| !s.is_collapsed()) {
        return None;
    }
    let block = closest("[data-block]").and_then(|block| number(&block, "data-block"))?;
    let attribution = number(&statement, "data-attribution")?;
    Some(Action::Why(Why { attribution, quotation, block }))
}

/// In which block places of the article are.
struct Places {
    /// For each block, the quotations in it.
    quotations: Vec<Vec<usize>>,
}

impl Places {
    fn new(plan: &Plan) -> Places {
        let mut quotations = vec![Vec::new(); plan.article.blocks.len()];
        for (n, quotation) in plan.analysis.quotations.iter().enumerate() {
            if let Some(block) = quotations.get_mut(quotation.span.block) {
                block.push(n);
            }
        }
        Places { quotations }
    }
}

/// The body with what is chosen, block by block.
struct View<'a> {
    props: &'a Props,
    places: &'a Places,
}

impl View<'_> {
    fn block(&self, n: usize, block: &Block) -> Html {
        let classes = self.classes(n);
        let block_n = n.to_string();
        let html = match &block.kind {
            BlockKind::Rule => html! { <hr /> },
            BlockKind::Image { url } => {
                return html! { <Picture url={url.clone()} description={block.text.clone()} /> };
            }
            BlockKind::Quote => {
                return html! {
                    <blockquote class={classes} data-block={block_n}>
                        <p>{ self.text(n) }</p>{ self.note(n) }
                    </blockquote>
                };
            }
            BlockKind::Preformatted => {
                html! { <pre class={classes} data-block={block_n} tabindex="0">{ self.text(n) }</pre> }
            }
            BlockKind::Heading(3) => {
                html! { <h3 class={classes} data-block={block_n}>{ self.text(n) }</h3> }
            }
            BlockKind::Heading(4) => {
                html! { <h4 class={classes} data-block={block_n}>{ self.text(n) }</h4> }
            }
            BlockKind::Heading(5) => {
                html! { <h5 class={classes} data-block={block_n}>{ self.text(n) }</h5> }
            }
            BlockKind::Heading(level) if *level > 5 => {
                html! { <h6 class={classes} data-block={block_n}>{ self.text(n) }</h6> }
            }
            BlockKind::Heading(_) => {
                html! { <h2 class={classes} data-block={block_n}>{ self.text(n) }</h2> }
            }
            BlockKind::Paragraph | BlockKind::ListItem { .. } => {
                html! { <p class={classes} data-block={block_n}>{ self.text(n) }</p> }
            }
        };
        html! { <>{ html }{ self.note(n) }</> }
    }

    fn classes(&self, n: usize) -> Classes {
        let n_voices = self.props.plan.blocks.get(n).map_or(0, |b| b.voices.len());
        let recedes = self.props.state.speaker.is_some() && self.chosen(n).is_none();
        classes!("blk", (n_voices > 1).then_some("has-voices"), recedes.then_some("is-dim"),)
    }

    /// The chosen speaker, if heard in block `n`.
    fn chosen(&self, n: usize) -> Option<usize> {
        let block = self.props.plan.blocks.get(n)?;
        self.props.state.speaker.filter(|s| block.voices.iter().any(|v| v.speaker == *s))
    }

    fn text(&self, n: usize) -> Html {
        let Props { plan, state, .. } = self.props;
        let here = self.places.quotations.get(n).map_or(&[][..], |here| here);
        let is_here = |place: Place| match place {
            Place::Quotation(q) => here.contains(&q),
            Place::Statement(a) => plan
                .analysis
                .attributions
                .get(a)
                .is_some_and(|a| a.content.iter().any(|span| span.block == n)),
        };
        let choices = Choices {
            shut: here.iter().copied().filter(|&q| state.shut.get(q) == Some(&true)).collect(),
            chosen: self.chosen(n),
            why: state.why.filter(|why| why.block == n).map(|why| (why.attribution, why.quotation)),
            place: state.place.filter(|&place| is_here(place)),
        };
        let has_voices = plan.blocks.get(n).is_some_and(|b| !b.voices.is_empty());
        html! {
            <>
                if has_voices {
                    <Badges plan={plan.clone()} block={n} chosen={choices.chosen} />
                }
                <Text plan={plan.clone()} block={n} {choices} />
            </>
        }
    }

    fn note(&self, n: usize) -> Html {
        let Props { plan, state, on_action } = self.props;
        match state.why.filter(|why| why.block == n) {
            Some(why) => html! {
                <WhyNote plan={plan.clone()} attribution={why.attribution} on_action={on_action.clone()} />
            },
            None => Html::default(),
        }
    }
}
