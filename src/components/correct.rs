//! The dialogs in which a reader corrects who said what: a statement, a speaker, the list of corrections.

mod fields;
mod list;
mod speaker;
mod statement;

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};
use yew::prelude::*;

use self::fields::Values;
use super::act::{acted, closest};
use crate::corrections::{Edit, export};
use crate::download::download;
use crate::element::{classed, element, keyed, text};
use crate::open::{Given, read_file};
use crate::part::{Context, Part, part};
use crate::plan::Plan;
use crate::session;
use crate::state::Tool;
use crate::tree::{self, spawn};
use crate::wording::t;

/// The inside of the dialog for `tool`.
pub(crate) fn correct(plan: &Rc<Plan>, tool: Tool, on_edit: &Callback<Edit>) -> Html {
    let key = match tool {
        Tool::Correct(n) => ["statement-", &n.to_string()].concat(),
        Tool::CorrectQuotation(n) => ["quotation-", &n.to_string()].concat(),
        Tool::Speaker(n) => ["speaker-", &n.to_string()].concat(),
        _ => "corrections".to_owned(),
    };
    part::<Form>(&key, Props { plan: plan.clone(), tool, on_edit: on_edit.clone() })
}

/// Properties of [`Form`].
struct Props {
    plan: Rc<Plan>,
    tool: Tool,
    on_edit: Callback<Edit>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Props) -> bool {
        Rc::ptr_eq(&self.plan, &other.plan) && self.tool == other.tool
    }
}

/// Fields, what was chosen and typed in them, and what is wrong with it.
struct Form {
    values: Values,
    trouble: &'static str,
    root: NodeRef,
    /// Whether what had the focus may be gone. Never while somebody goes from field to field, when nothing has it either.
    adopts_focus: bool,
}

enum Msg {
    /// Something was chosen or typed.
    Changed,
    /// A field is missing.
    Trouble(&'static str),
}

impl Part for Form {
    type Message = Msg;
    type Properties = Props;

    fn create(ctx: &Context<Self>) -> Form {
        let Props { plan, tool, .. } = ctx.props();
        let values = match *tool {
            Tool::Correct(_) | Tool::CorrectQuotation(_) => statement::start(plan, *tool),
            Tool::Speaker(n) => speaker::start(plan, n),
            _ => Values::default(),
        };
        Form { values, trouble: "", root: NodeRef::default(), adopts_focus: true }
    }

    fn update(&mut self, _: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Changed => {
                if let Some(root) = self.root.cast::<Element>() {
                    self.values = Values::read(&root);
                }
                self.trouble = "";
            }
            Msg::Trouble(words) => self.trouble = words,
        }
        true
    }

    fn changed(&mut self, _: &Context<Self>, _: &Props) -> bool {
        self.adopts_focus = true;
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { plan, tool, .. } = ctx.props();
        let mut parts = match *tool {
            Tool::Correct(_) | Tool::CorrectQuotation(_) => {
                statement::view(plan, *tool, &self.values)
            }
            Tool::Speaker(n) => speaker::view(plan, n, &self.values),
            _ => list::view(plan),
        };
        if !self.trouble.is_empty() {
            let names = &["class", "role"];
            let words = vec![text(self.trouble)];
            parts.push(keyed("trouble", element("p", names, &["trouble", "alert"], words)));
        }
        if *tool != Tool::Corrections {
            let names = &["type", "class", "data-act", "data-do", "data-n"];
            let values = ["button", "btn pri", "save", "tool-close", "0"];
            let save = element("button", names, &values, vec![text(t("Save correction"))]);
            let cancel = crate::element::button("btn", "tool-close", 0, "", t("Cancel"));
            parts.push(keyed("acts", classed("div", "acts", vec![save, cancel])));
        }
        let (plan, tool, on_edit) = (plan.clone(), *tool, ctx.props().on_edit.clone());
        let (root, link) = (self.root.clone(), ctx.link().clone());
        let onclick = Callback::from(move |event: MouseEvent| {
            let Some((act, _)) = acted(&event) else { return };
            match act.as_str() {
                "save" => {
                    let Some(root) = root.cast::<Element>() else { return };
                    match save(&plan, tool, &Values::read(&root)) {
                        Ok(edit) => on_edit.emit(edit),
                        Err(words) => {
                            // The dialog stays.
                            event.stop_propagation();
                            link.send_message(Msg::Trouble(words));
                        }
                    }
                }
                "redo" => on_edit.emit(Edit::Redo),
                "export" => save_file(&plan),
                _ => {}
            }
        });
        let on_edit = ctx.props().on_edit.clone();
        let link = ctx.link().clone();
        let onchange = Callback::from(move |event: Event| {
            let field = event.target_dyn_into::<HtmlInputElement>();
            match field.filter(|field| field.type_() == "file") {
                Some(field) => take_file(&field, on_edit.clone()),
                None => link.send_message(Msg::Changed),
            }
        });
        let oninput = ctx.link().callback(|_: InputEvent| Msg::Changed);
        let onkeydown = Callback::from(|event: KeyboardEvent| {
            let in_field = closest(&event, "input[type=text]").is_some();
            if event.key() == "Enter" && in_field && !event.is_composing() {
                let form = closest(&event, ".correct");
                let save = form.and_then(|f| f.query_selector("[data-act=save]").ok().flatten());
                if let Some(save) = save.and_then(|save| save.dyn_into::<HtmlElement>().ok()) {
                    save.click();
                }
            }
        });
        html! {
            <div ref={self.root.clone()} class="correct" {onclick} {onchange} {oninput} {onkeydown}>
                { parts }
            </div>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        if !std::mem::take(&mut self.adopts_focus) {
            return;
        }
        let Some(root) = self.root.cast::<Element>() else { return };
        if tree::is_unfocused()
            && let Ok(Some(dialog)) = root.closest("dialog")
            && let Ok(Some(title)) = dialog.query_selector("#dixit-tool")
            && let Ok(title) = title.dyn_into::<HtmlElement>()
        {
            // What had the focus went with a correction; the title is always there.
            let _ = title.focus();
        }
    }
}

/// The correction that the fields hold, or what is missing.
fn save(plan: &Plan, tool: Tool, values: &Values) -> Result<Edit, &'static str> {
    let change = match tool {
        Tool::Speaker(n) => speaker::change(plan, n, values),
        tool => statement::change(plan, tool, values),
    };
    change.map(|change| Edit::Add(Box::new(change)))
}

/// Offers the reader's own corrections as a file.
fn save_file(plan: &Plan) {
    let own = plan.corrected.all.get(plan.corrected.n_published..).unwrap_or_default();
    let text = export(&plan.article.id, &session::title(&plan.article), own);
    // A browser that saves no files says so itself.
    let _ = download("dixit-corrections.json", "application/json", &text);
}

/// Reads the file that was chosen.
fn take_file(field: &HtmlInputElement, on_edit: Callback<Edit>) {
    let Some(file) = field.files().and_then(|files| files.get(0)) else { return };
    // The same file can be chosen again.
    field.set_value("");
    spawn(async move {
        let text = read_file(&file).await.and_then(Given::into_utf8);
        on_edit.emit(Edit::Import(text.map_err(|error| error.words())));
    });
}
