"""The review pages' addresses, below /review."""

from django.urls import path

from parure.web.archive.review.views.archives import archive, archives, make
from parure.web.archive.review.views.decided import decided, take_back
from parure.web.archive.review.views.photos import photo, why
from parure.web.archive.review.views.questions import first, question
from parure.web.archive.review.views.rules import rules
from parure.web.archive.review.views.styles import styles

urlpatterns = [
    path("", archives, name="review"),
    path("/<int:number>", archive, name="review-archive"),
    path("/<int:number>/make", make, name="review-make"),
    path("/<int:number>/decided", decided, name="review-decided"),
    path("/<int:number>/take-back", take_back, name="review-take-back"),
    path("/<int:number>/styles", styles, name="review-styles"),
    path("/<int:number>/photos/<slug:sha256>/<int:side>.webp", photo, name="review-photo"),
    path("/<int:number>/photos/<slug:sha256>/why/<slug:measure>.webp", why, name="review-why"),
    path("/<int:number>/<slug:slug>", first, name="review-first"),
    path("/<int:number>/<slug:slug>/rules", rules, name="review-rules"),
    path("/<int:number>/<slug:slug>/<slug:id_>", question, name="review-question"),
]
