// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pictureview.h>

#include <parts/badge.h>
#include <parts/charts.h>
#include <parts/icons.h>
#include <parts/panel.h>
#include <parts/pictureview_p.h>
#include <parts/richline.h>
#include <parts/style.h>

#include <QHBoxLayout>

namespace tenken {

Drawing PictureView::Private::drawing(const PictureStyle &s) const
{
    return [this, s](QPainter &p, const QRectF &box) {
        if (QChart *made = chart(s))
            drawChart(p, box, made);
        else
            drawPicture(p, box, *picture, s);
    };
}

void PictureView::Private::build(PictureView *view)
{
    bar = new QWidget(view);
    title = new QLabel(bar);
    title->setFont(fontFor(Type::Title));
    title->setTextFormat(Qt::PlainText);
    subtitle = new ElidedLabel(bar);
    subtitle->setFont(fontFor(Type::Caption));
    footer = new PictureFooter(view);
    tableButton = new QToolButton(bar);
    tableButton->setIcon(iconOf(Sign::Table));
    tableButton->setCheckable(true);
    tableButton->setAutoRaise(true);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 6, 8, 6);
    row->setSpacing(10);
    row->addWidget(title);
    row->addWidget(subtitle, 1);
    row->addWidget(tableButton);

    stack = new QStackedWidget(view);
    canvas = new PictureCanvas(stack);
    plot = new PlotView(stack);
    table = new ValueTable(stack);
    for (QWidget *side : std::initializer_list<QWidget *>{canvas, plot, table})
        stack->addWidget(side);

    auto *all = new QVBoxLayout(view);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(bar);
    all->addWidget(stack, 1);
    all->addWidget(footer);
    QObject::connect(tableButton, &QToolButton::toggled, view, [view](bool on) { view->setTableShown(on); });
}

void PictureView::Private::refill(PictureView *view)
{
    const PictureStyle s = style(view);
    auto *made = qobject_cast<Plot *>(chart(s));
    plot->setPlot(made, lang);
    canvas->draw = [this, s](QPainter &p, const QRectF &box) { drawPicture(p, box, *picture, s); };
    if (tableShown)
        table->fill(rows());

    const QString name = this->name();
    title->setText(name);
    const auto *timeline = std::get_if<Timeline>(picture.get());
    subtitle->setText(timeline ? timeline->subtitle.in(lang) : QString());
    footer->setText(timeline && timeline->good ? Glyph::Pass : Glyph::Fail,
                    timeline ? timeline->conclusion.in(lang) : QString(), timeline ? timeline->source.in(lang) : QString());
    const QString what = timeline ? timeline->conclusion.in(lang) : made ? made->summary : QString();
    if (titleShown || view->accessibleName().isEmpty())
        view->setAccessibleName(name);
    view->setAccessibleDescription(withoutMarks(what));
    for (QWidget *side : std::initializer_list<QWidget *>{canvas, plot, table}) {
        side->setAccessibleName(view->accessibleName());
        side->setAccessibleDescription(withoutMarks(what));
    }
    const Text tableText{"表で見る (T)", "Show as table (T)"};
    tableButton->setToolTip(tableText.in(lang));
    tableButton->setAccessibleName(tableText.in(lang));
    QPalette grey = subtitle->palette();
    grey.setColor(QPalette::WindowText, s.colours->text2);
    subtitle->setPalette(grey);
    showSide(view);
}

void PictureView::Private::showSide(PictureView *view)
{
    bar->setVisible(titleShown && drawable());
    footer->setVisible(titleShown && drawable() && !footer->isEmpty());
    stack->setCurrentWidget(tableShown ? static_cast<QWidget *>(table) : plot->plot() ? static_cast<QWidget *>(plot) : canvas);
    stack->setVisible(drawable());
    for (QToolButton *button : {tableButton, outerTableButton}) {
        const QSignalBlocker quiet(button);
        if (button)
            button->setChecked(tableShown);
    }
    if (scaleButton) {
        const QSignalBlocker quiet(scaleButton);
        scaleButton->setVisible(view->canSwitchScale());
        scaleButton->setChecked(switched);
    }
    view->setFocusProxy(stack->currentWidget());
    view->updateGeometry();
    canvas->update();
}

PictureView::PictureView(QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->build(this);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    d->refill(this);
}

PictureView::~PictureView() = default;

void PictureView::setPicture(const std::shared_ptr<const Picture> &picture, Facet facet)
{
    d->picture = picture ? picture : std::make_shared<const Picture>();
    d->facet = facet;
    d->comparison.reset();
    d->refill(this);
}

void PictureView::setComparison(ComparisonPicture comparison)
{
    d->comparison = std::make_shared<const ComparisonPicture>(std::move(comparison));
    d->refill(this);
}

void PictureView::setPicture(Picture picture, Facet facet)
{
    setPicture(std::make_shared<const Picture>(std::move(picture)), facet);
}

const Picture &PictureView::picture() const { return *d->picture; }

void PictureView::setLanguage(Lang lang)
{
    d->lang = lang;
    d->refill(this);
}

void PictureView::setScale(qreal scale)
{
    d->scale = scale;
    d->refill(this);
}

void PictureView::setTitleShown(bool shown)
{
    d->titleShown = shown;
    d->showSide(this);
}

void PictureView::setTableShown(bool shown)
{
    if (d->tableShown == shown)
        return;
    d->tableShown = shown;
    if (shown)
        d->table->fill(d->rows());
    const bool focused = d->stack->currentWidget()->hasFocus();
    d->showSide(this);
    if (focused)
        d->stack->currentWidget()->setFocus();
    emit tableShownChanged(shown);
}

bool PictureView::isTableShown() const { return d->tableShown; }
bool PictureView::isEmpty() const { return !d->drawable(); }

bool PictureView::canSwitchScale() const { return d->plot->plot() && d->plot->plot()->scaleSwitches; }
bool PictureView::isScaleSwitched() const { return d->switched; }

void PictureView::setScaleSwitched(bool switched)
{
    if (d->switched == switched || !canSwitchScale())
        return;
    d->switched = switched;
    d->refill(this);
}

void PictureView::addButtonsTo(Panel *panel)
{
    const auto add = [&](Sign sign, const Text &text) {
        auto *button = new QToolButton;
        button->setIcon(iconOf(sign));
        button->setAutoRaise(true);
        button->setToolTip(text.in(d->lang));
        button->setAccessibleName(text.in(d->lang) + QStringLiteral(": ") + accessibleName());
        panel->addToHeader(button);
        return button;
    };
    d->scaleButton = add(Sign::Scale, {"対数と線形を切り替える (L)", "Logarithmic or linear (L)"});
    d->scaleButton->setCheckable(true);
    connect(d->scaleButton, &QToolButton::toggled, this, &PictureView::setScaleSwitched);
    d->outerTableButton = add(Sign::Table, {"表で見る (T)", "Show as table (T)"});
    d->outerTableButton->setCheckable(true);
    connect(d->outerTableButton, &QToolButton::toggled, this, &PictureView::setTableShown);
    QToolButton *copy = add(Sign::Copy, {"コピーと保存", "Copy and save"});
    connect(copy, &QToolButton::clicked, this, [this, copy] { showMenu(copy->mapToGlobal(QPoint(0, copy->height()))); });
    d->showSide(this);
}

QSize PictureView::sizeHint() const
{
    if (isEmpty())
        return {0, 0};
    const int width = 592;
    const qreal height = d->comparison ? 360 : pictureHeight(*d->picture, width - 32, d->style(this)) + 20;
    return {width, int(height) + (d->bar->isVisibleTo(this) ? d->bar->sizeHint().height() : 0)
                       + (d->footer->isVisibleTo(this) ? d->footer->heightForWidth(width) : 0)};
}

QSize PictureView::minimumSizeHint() const { return isEmpty() ? QSize(0, 0) : QSize(320, std::min(200, sizeHint().height())); }

void PictureView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && d->stack)
        d->refill(this);
    QWidget::changeEvent(event);
}

} // namespace tenken
