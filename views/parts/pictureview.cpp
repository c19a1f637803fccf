// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pictureview.h>

#include <parts/badge.h>
#include <parts/charts.h>
#include <parts/charts/plotview.h>
#include <parts/comparisonpicture.h>
#include <parts/elidedlabel.h>
#include <parts/icons.h>
#include <parts/panel.h>
#include <parts/pictureexport.h>
#include <parts/picturefooter.h>
#include <parts/richline.h>
#include <parts/style.h>

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>

namespace tenken {

namespace {

using Facet = PictureView::Facet;

/// Timelines, roll-outs and zones: drawn, without axes to move.
class Canvas : public QWidget
{
public:
    std::function<void(QPainter &, const QRectF &)> draw;

    explicit Canvas(QWidget *parent) : QWidget(parent)
    {
        setFocusPolicy(Qt::StrongFocus);
        setBackgroundRole(QPalette::Base);
        setAutoFillBackground(true);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter p(this);
        if (draw)
            draw(p, QRectF(rect()).adjusted(16, 12, -16, -8));
        if (hasFocus())
            drawFocus(p, rect(), coloursFor(palette()));
    }
};

/// A table that leaves letters to the window: T goes back to the picture instead of searching for "t".
class ValueTable : public QTableWidget
{
public:
    using QTableWidget::QTableWidget;
    void keyboardSearch(const QString &) override { }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_T || event->matches(QKeySequence::Copy))
            return event->ignore();
        QTableWidget::keyPressEvent(event);
    }
};

} // namespace

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
    Canvas *canvas = nullptr;
    PlotView *plot = nullptr;
    QTableWidget *table = nullptr;

    PictureStyle style(const QWidget *w) const { return {&coloursFor(w->palette()), lang, scale, {}, switched}; }
    QSize pictureSize() const { return stack->size().expandedTo({320, 200}); }
    QChart *chart(const PictureStyle &s) const { return comparison ? comparisonChart(*comparison, s) : pictureChart(*picture, facet, s); }
    QList<QStringList> rows() const { return comparison ? comparisonTable(*comparison, lang) : facetTable(*picture, facet, lang); }
    QString name() const { return (comparison ? comparisonTitle() : pictureTitle(*picture)).in(lang); }
    bool drawable() const { return comparison || isDrawable(*picture); }
    Drawing drawing(const PictureStyle &s) const;
    void build(PictureView *view);
    void refill(PictureView *view);
    void fillTable();
    void showSide(PictureView *view);
};

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
    canvas = new Canvas(stack);
    plot = new PlotView(stack);
    table = new ValueTable(stack);
    table->setFrameShape(QFrame::NoFrame);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setShowGrid(false);
    table->setAlternatingRowColors(true);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(24);
    table->horizontalHeader()->setStretchLastSection(true);
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

void PictureView::Private::fillTable()
{
    const QList<QStringList> rows = this->rows();
    table->clear();
    table->setRowCount(std::max<qsizetype>(0, rows.size() - 1));
    table->setColumnCount(rows.isEmpty() ? 0 : rows.first().size());
    if (rows.isEmpty())
        return;
    table->setHorizontalHeaderLabels(rows.first());
    for (qsizetype r = 1; r < rows.size(); ++r)
        for (qsizetype c = 0; c < rows[r].size(); ++c) {
            auto *cell = new QTableWidgetItem(rows[r][c]);
            cell->setTextAlignment(c == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
            table->setItem(int(r - 1), int(c), cell);
        }
    if (rows.size() < 500)
        table->resizeColumnsToContents();
}

void PictureView::Private::refill(PictureView *view)
{
    const PictureStyle s = style(view);
    auto *made = qobject_cast<Plot *>(chart(s));
    plot->setPlot(made, lang);
    canvas->draw = [this, s](QPainter &p, const QRectF &box) { drawPicture(p, box, *picture, s); };
    if (tableShown)
        fillTable();

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
        d->fillTable();
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

QImage PictureView::image(qreal ratio) const { return drawingImage(d->drawing(d->style(this)), d->pictureSize(), d->style(this), ratio); }
QByteArray PictureView::svg() const { return drawingSvg(d->drawing(d->style(this)), d->pictureSize(), d->style(this), d->name()); }
QString PictureView::csv() const { return csvOf(d->rows()); }

void PictureView::copyImage()
{
    auto *data = new QMimeData;
    data->setImageData(image());
    data->setData(QStringLiteral("image/svg+xml"), svg());
    QApplication::clipboard()->setMimeData(data);
}

void PictureView::copyTable() { QApplication::clipboard()->setText(csv()); }
void PictureView::copySvg() { QApplication::clipboard()->setText(QString::fromUtf8(svg())); }

void PictureView::saveAs()
{
    QString name = (d->comparison ? comparisonTitle() : pictureTitle(*d->picture)).en.toLower();
    name.replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("-"));
    const QString path = QFileDialog::getSaveFileName(this, Text{"図を保存する", "Save the picture"}.in(d->lang), name + QStringLiteral(".png"),
                                                      QStringLiteral("PNG (*.png);;SVG (*.svg);;CSV (*.csv)"));
    if (path.isEmpty())
        return;
    if (const auto saved = savePicture(path, *this); !saved)
        QMessageBox::warning(this, QString(), saved.error().file + u'\n' + saved.error().message.in(d->lang));
}

void PictureView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return d->tableShown ? copyTable() : copyImage();
    if (event->key() == Qt::Key_T && event->modifiers() == Qt::NoModifier && !isEmpty())
        return setTableShown(!d->tableShown);
    if (event->key() == Qt::Key_L && event->modifiers() == Qt::NoModifier && canSwitchScale())
        return setScaleSwitched(!d->switched);
    QWidget::keyPressEvent(event);
}

void PictureView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!isEmpty())
        showMenu(event->globalPos());
}

void PictureView::showMenu(QPoint at)
{
    QMenu menu(this);
    const auto add = [&](const Text &text, auto &&run) {
        QObject::connect(menu.addAction(text.in(d->lang)), &QAction::triggered, this, run);
    };
    add(d->tableShown ? Text{"図で見る\tT", "Show as picture\tT"} : Text{"表で見る\tT", "Show as table\tT"},
        [this] { setTableShown(!d->tableShown); });
    if (canSwitchScale())
        add({"対数と線形を切り替える\tL", "Logarithmic or linear\tL"}, [this] { setScaleSwitched(!d->switched); });
    menu.addSeparator();
    add({"画像をコピー (PNG)\tCtrl+C", "Copy image (PNG)\tCtrl+C"}, [this] { copyImage(); });
    add({"SVG をコピー", "Copy SVG"}, [this] { copySvg(); });
    add({"表をコピー (CSV)", "Copy table (CSV)"}, [this] { copyTable(); });
    menu.addSeparator();
    add({"保存する (PNG、SVG、CSV)…", "Save (PNG, SVG, CSV)…"}, [this] { saveAs(); });
    menu.exec(at);
}

void PictureView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && d->stack)
        d->refill(this);
    QWidget::changeEvent(event);
}

} // namespace tenken
