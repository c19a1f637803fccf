// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pictureview.h>

#include <parts/badge.h>
#include <parts/charts.h>
#include <parts/charts/plotview.h>
#include <parts/elidedlabel.h>
#include <parts/icons.h>
#include <parts/richline.h>
#include <parts/style.h>

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QSvgGenerator>
#include <QTableWidget>
#include <QToolButton>
#include <QBuffer>

namespace tenken {

namespace {

using Facet = PictureView::Facet;

QChart *chartOf(const Picture &picture, Facet facet, const PictureStyle &style)
{
    if (const auto *test = std::get_if<LoadTestPicture>(&picture))
        return facet == Facet::Run ? runChart(*test, style)
            : facet == Facet::Latency ? latencyOverTimeChart(*test, style) : kneeChart(*test, style);
    if (const auto *plan = std::get_if<CapacityPlan>(&picture))
        return capacityChart(*plan, style);
    if (const auto *scaling = std::get_if<Scaling>(&picture))
        return scalingChart(*scaling, style);
    if (const auto *series = std::get_if<SeriesPicture>(&picture))
        return seriesChart(*series, style);
    return nullptr;
}

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

QString csvCell(QString cell)
{
    // A spreadsheet must not take text from a file for a formula.
    if (!cell.isEmpty() && QStringLiteral("=+@\t").contains(cell.front()))
        cell.prepend(QLatin1Char('\''));
    if (cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char(',')) || cell.contains(QLatin1Char('\n')))
        return QLatin1Char('"') + cell.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
    return cell;
}

} // namespace

struct PictureView::Private {
    std::shared_ptr<const Picture> picture = std::make_shared<const Picture>();
    Facet facet = Facet::Knee;
    Lang lang = Lang::Ja;
    bool titleShown = true, tableShown = false;

    QWidget *bar = nullptr, *conclusion = nullptr;
    QLabel *title = nullptr;
    ElidedLabel *subtitle = nullptr, *source = nullptr;
    QToolButton *tableButton = nullptr;
    QStackedWidget *stack = nullptr;
    Canvas *canvas = nullptr;
    PlotView *plot = nullptr;
    QTableWidget *table = nullptr;

    PictureStyle style(const QWidget *w) const { return {&coloursFor(w->palette()), lang, 1, {}}; }
    void build(PictureView *view);
    void refill(PictureView *view);
    void fillTable();
    void showSide(PictureView *view);
};

void PictureView::Private::build(PictureView *view)
{
    bar = new QWidget(view);
    title = new QLabel(bar);
    title->setFont(fontFor(Type::Title));
    title->setTextFormat(Qt::PlainText);
    subtitle = new ElidedLabel(bar);
    source = new ElidedLabel(bar);
    for (ElidedLabel *label : {subtitle, source})
        label->setFont(fontFor(Type::Caption));
    tableButton = new QToolButton(bar);
    tableButton->setIcon(iconOf(Sign::Table));
    tableButton->setCheckable(true);
    tableButton->setAutoRaise(true);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(16, 6, 8, 6);
    row->setSpacing(10);
    row->addWidget(title);
    row->addWidget(subtitle);
    row->addStretch(1);
    row->addWidget(source);
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
    QObject::connect(tableButton, &QToolButton::toggled, view, [view](bool on) { view->setTableShown(on); });
}

void PictureView::Private::fillTable()
{
    const QList<QStringList> rows = pictureTable(*picture, lang);
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
    auto *made = qobject_cast<Plot *>(chartOf(*picture, facet, s));
    plot->setPlot(made, lang);
    canvas->draw = [this, s](QPainter &p, const QRectF &box) { drawPicture(p, box, *picture, s); };
    if (tableShown)
        fillTable();

    const QString name = pictureTitle(*picture).in(lang);
    title->setText(name);
    const auto *timeline = std::get_if<Timeline>(picture.get());
    subtitle->setText(timeline ? timeline->subtitle.in(lang) : QString());
    source->setText(timeline ? timeline->source.in(lang) : QString());
    const QString what = timeline ? timeline->conclusion.in(lang) : QString();
    view->setAccessibleName(name);
    view->setAccessibleDescription(withoutMarks(what));
    for (QWidget *side : std::initializer_list<QWidget *>{canvas, plot, table}) {
        side->setAccessibleName(name);
        side->setAccessibleDescription(withoutMarks(what));
    }
    const Text tableText{"表で見る (T)", "Show as table (T)"};
    tableButton->setToolTip(tableText.in(lang));
    tableButton->setAccessibleName(tableText.in(lang));
    QPalette grey = subtitle->palette();
    grey.setColor(QPalette::WindowText, s.colours->text2);
    subtitle->setPalette(grey);
    grey.setColor(QPalette::WindowText, s.colours->text3);
    source->setPalette(grey);
    showSide(view);
}

void PictureView::Private::showSide(PictureView *view)
{
    bar->setVisible(titleShown && isDrawable(*picture));
    stack->setCurrentWidget(tableShown ? static_cast<QWidget *>(table) : plot->plot() ? static_cast<QWidget *>(plot) : canvas);
    stack->setVisible(isDrawable(*picture));
    const QSignalBlocker quiet(tableButton);
    tableButton->setChecked(tableShown);
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
bool PictureView::isEmpty() const { return !isDrawable(*d->picture); }

QSize PictureView::sizeHint() const
{
    if (isEmpty())
        return {0, 0};
    const int width = 592;
    const qreal height = pictureHeight(*d->picture, width - 32, d->style(this)) + 20;
    return {width, int(height) + (d->bar->isVisibleTo(this) ? d->bar->sizeHint().height() : 0)};
}

QSize PictureView::minimumSizeHint() const { return isEmpty() ? QSize(0, 0) : QSize(320, std::min(200, sizeHint().height())); }

QImage PictureView::image(qreal ratio) const
{
    const QSize size = d->stack->size().expandedTo({320, 200});
    QImage image(size * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    const PictureStyle style = d->style(this);
    image.fill(style.colours->base);
    QPainter p(&image);
    const QRectF box = QRectF(QPointF(0, 0), size).adjusted(16, 12, -16, -8);
    if (QChart *chart = chartOf(*d->picture, d->facet, style))
        drawChart(p, box, chart);
    else
        drawPicture(p, box, *d->picture, style);
    return image;
}

QByteArray PictureView::svg() const
{
    QBuffer buffer;
    QSvgGenerator generator;
    const QSize size = d->stack->size().expandedTo({320, 200});
    generator.setOutputDevice(&buffer);
    generator.setSize(size);
    generator.setViewBox(QRect(QPoint(0, 0), size));
    generator.setResolution(96);
    generator.setTitle(pictureTitle(*d->picture).in(d->lang));
    const PictureStyle style = d->style(this);
    QPainter p(&generator);
    p.fillRect(QRect(QPoint(0, 0), size), style.colours->base);
    const QRectF box = QRectF(QPointF(0, 0), size).adjusted(16, 12, -16, -8);
    if (QChart *chart = chartOf(*d->picture, d->facet, style))
        drawChart(p, box, chart);
    else
        drawPicture(p, box, *d->picture, style);
    p.end();
    return buffer.data();
}

QString PictureView::csv() const
{
    QString text;
    for (const QStringList &row : pictureTable(*d->picture, d->lang)) {
        QStringList cells;
        for (const QString &cell : row)
            cells.append(csvCell(cell));
        text += cells.join(QLatin1Char(',')) + QLatin1Char('\n');
    }
    return text;
}

void PictureView::copyImage()
{
    auto *data = new QMimeData;
    data->setImageData(image());
    data->setData(QStringLiteral("image/svg+xml"), svg());
    QApplication::clipboard()->setMimeData(data);
}

void PictureView::copyTable() { QApplication::clipboard()->setText(csv()); }

void PictureView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return d->tableShown ? copyTable() : copyImage();
    if (event->key() == Qt::Key_T && event->modifiers() == Qt::NoModifier && !isEmpty())
        return setTableShown(!d->tableShown);
    QWidget::keyPressEvent(event);
}

void PictureView::contextMenuEvent(QContextMenuEvent *event)
{
    if (isEmpty())
        return;
    QMenu menu(this);
    const auto add = [&](const Text &text, auto &&run) {
        QObject::connect(menu.addAction(text.in(d->lang)), &QAction::triggered, this, run);
    };
    add(d->tableShown ? Text{"図で見る\tT", "Show as picture\tT"} : Text{"表で見る\tT", "Show as table\tT"},
        [this] { setTableShown(!d->tableShown); });
    menu.addSeparator();
    add({"画像をコピー (PNG)\tCtrl+C", "Copy image (PNG)\tCtrl+C"}, [this] { copyImage(); });
    add({"SVG をコピー", "Copy SVG"}, [this] { QApplication::clipboard()->setText(QString::fromUtf8(svg())); });
    add({"表をコピー (CSV)", "Copy table (CSV)"}, [this] { copyTable(); });
    menu.exec(event->globalPos());
}

void PictureView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && d->stack)
        d->refill(this);
    QWidget::changeEvent(event);
}

} // namespace tenken
