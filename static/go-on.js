// A page that is not done asks for the next piece by itself; without this script its button does.
document.querySelector("form.go-on")?.requestSubmit();
