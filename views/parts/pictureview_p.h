// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <parts/charts/plotview.h>
#include <parts/comparisonpicture.h>
#include <parts/elidedlabel.h>
#include <parts/pictureexport.h>
#include <parts/picturefooter.h>
#include <parts/picturesides.h>
#include <parts/pictureview.h>

#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>

namespace tenken {

/// What a view shows, how, and the widgets that show it.
struct PictureView::Private {
    std::shared_ptr<const Picture> picture = std::make_shared<const Picture>();
    Facet facet = Facet::Knee;
    std::shared_ptr<const ComparisonPicture> comparison; ///< shown instead, when there is one
    Lang lang = Lang::Ja;
    qreal scale = 1;
    bool titleShown = true, tableShown = false, switched = false;

    QWidget *bar = nullptr;
    QLabel *title = nullptr;
    ElidedLabel *subtitle = nullptr;
    PictureFooter *footer = nullptr;
    QToolButton *tableButton = nullptr;
    QToolButton *scaleButton = nullptr, *outerTableButton = nullptr; ///< of the panel around, where there is one
    QStackedWidget *stack = nullptr;
    PictureCanvas *canvas = nullptr;
    PlotView *plot = nullptr;
    ValueTable *table = nullptr;

    PictureStyle style(const QWidget *w) const { return {&coloursFor(w->palette()), lang, scale, {}, switched}; }
    QSize pictureSize() const { return stack->size().expandedTo({320, 200}); }
    QChart *chart(const PictureStyle &s) const { return comparison ? comparisonChart(*comparison, s) : pictureChart(*picture, facet, s); }
    QList<QStringList> rows() const { return comparison ? comparisonTable(*comparison, lang) : facetTable(*picture, facet, lang); }
    QString name() const { return (comparison ? comparisonTitle() : pictureTitle(*picture)).in(lang); }
    bool drawable() const { return comparison || isDrawable(*picture); }
    Drawing drawing(const PictureStyle &s) const;
    void build(PictureView *view);
    void refill(PictureView *view);
    void showSide(PictureView *view);
};

} // namespace tenken
