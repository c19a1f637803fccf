// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <document/document.h>
#include <parts/pictureview.h>

namespace tenken {

/// A line of what is reviewed, by what, and when.
struct DocumentFact {
    Text name;
    QString value;
    bool isCode = false;
};

/// Service, checklist, revision, time, digest: the same on paper, in HTML and in Markdown.
std::vector<DocumentFact> identityOf(const DocumentInput &input);

/// What to know beside the verdicts: overrides, dissents, stale answers, and waivers that do not count; those that do
/// have a part of their own.
std::vector<Remark> noticesOf(const DocumentInput &input);
/// Those of one item, each with its kind: they stand with its answers too.
std::vector<Text> noticesFor(const std::vector<Remark> &notices, const ItemStanding &standing);

/// Review id, version, validity and who signs.
std::vector<DocumentFact> signOffOf(const DocumentInput &input);

/// "10 pass · 1 warn · …"
Text countsInWords(const SectionCount &count);

/// What the decision stands on: judged, attested, unknown.
Text coverageInWords(const Outcome &outcome);

/// The section's items, those that want attention first.
std::vector<const ItemStanding *> itemsByUrgency(const Outcome &outcome, const Section &section);

/// Findings in the order of their weight: fail, unknown, warn, the rest.
std::vector<const Finding *> findingsByWeight(const ItemResult &result);

/// "deployment.yaml:41–60", with the evidence's number where it has one: "deployment.yaml:41 [E7]".
QString placeOf(const QMap<QString, int> &numbers, const QString &file, const Span &span);
/// Path → n of [En].
QMap<QString, int> evidenceNumbers(const Evidence &evidence);

/// A drawing that goes with a section: a finding's picture, or another view of it.
struct DocumentFigure {
    Text title;
    QString about;             ///< which object, which test
    std::shared_ptr<const Picture> picture;
    PictureView::Facet facet = PictureView::Facet::Knee;
    Text source = {};          ///< what its values rest on

    qreal height(qreal width, const PictureStyle &style) const;
    void draw(QPainter &p, const QRectF &box, const PictureStyle &style) const;
};

/// In checklist order, each once.
std::vector<DocumentFigure> figuresOf(const DocumentInput &input, const Section &section);

} // namespace tenken
