// The live examples of embedding.html that act.
const article = document.getElementById("scripted");
const heard = document.getElementById("heard");
for (const name of ["ready", "quote", "speaker", "view"]) {
  article.addEventListener(`dixit:${name}`, ({ type, detail }) => (heard.value = `${type} ${JSON.stringify(detail)}`));
}
document.querySelector(".acts").addEventListener("click", ({ target: { dataset } }) => {
  if (dataset.call === "goTo") article.goTo(article.quotations[3].id);
  else if (dataset.call) article[dataset.call]();
  if (dataset.view) article.view = dataset.view;
  if (dataset.theme) article.theme = dataset.theme;
});
