// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pdfview.h>

#include <parts/icons.h>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QThreadPool>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtConcurrentRun>

#include <poppler-qt6.h>

namespace tenken {

namespace {

constexpr int widestPixels = 3000, longestText = 4000;

struct Drawn {
    int page = -1;
    QImage image;
    QString text;               ///< for those who listen
};

Drawn drawn(const std::shared_ptr<Poppler::Document> &document, int index, int pixels, qreal ratio)
{
    const std::unique_ptr<Poppler::Page> page = document->page(index);
    if (!page || page->pageSizeF().width() <= 0)
        return {index, {}, {}};
    const double dpi =
        std::clamp(72.0 * std::min(pixels, widestPixels) / page->pageSizeF().width(), 20.0, 300.0);
    Drawn result{index, page->renderToImage(dpi, dpi), page->text(QRectF()).simplified().left(longestText)};
    result.image.setDevicePixelRatio(ratio);
    return result;
}

} // namespace

struct PdfView::Private {
    Lang lang;
    std::shared_ptr<Poppler::Document> document;
    int page = 0, shown = -1, asked = 0;
    QThreadPool pool;           ///< one thread: a document is used by one at a time
    QTimer later;
    QLabel *sheet = nullptr, *number = nullptr;
    QScrollArea *scroll = nullptr;
    QToolButton *back = nullptr, *on = nullptr;
};

PdfView::PdfView(Lang lang, QWidget *parent) : QWidget(parent), d(std::make_unique<Private>())
{
    d->lang = lang;
    d->pool.setMaxThreadCount(1);
    d->later.setSingleShot(true);
    d->later.setInterval(60);
    connect(&d->later, &QTimer::timeout, this, &PdfView::draw);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *row = new QHBoxLayout;
    const auto button = [&](const QString &sign, const Text &name, int by) {
        auto *b = new QToolButton;
        b->setText(sign);
        b->setAutoRaise(true);
        b->setToolTip(name.in(lang));
        b->setAccessibleName(name.in(lang));
        connect(b, &QToolButton::clicked, this, [this, by] { showPage(d->page + by); });
        row->addWidget(b);
        return b;
    };
    d->back = button(QStringLiteral("◀"), {"前のページ", "Previous page"}, -1);
    d->number = new QLabel;
    row->addWidget(d->number);
    d->on = button(QStringLiteral("▶"), {"次のページ", "Next page"}, 1);
    row->addStretch(1);
    column->addLayout(row);
    d->sheet = new QLabel;
    d->sheet->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    d->scroll = new QScrollArea;
    d->scroll->setWidgetResizable(true);
    d->scroll->setWidget(d->sheet);
    d->scroll->setVerticalScrollBarPolicy(
        Qt::ScrollBarAlwaysOn); // or it would take its width from the page later
    d->scroll->setFocusPolicy(Qt::StrongFocus);
    d->scroll->installEventFilter(this);
    d->scroll->setAccessibleName(Text{"文書のページ", "Pages of the document"}.in(lang));
    column->addWidget(d->scroll, 1);
    setFocusProxy(d->scroll);
    tell();
}

PdfView::~PdfView()
{
    d->pool.clear();
    d->pool.waitForDone();
}

void PdfView::setDocument(const QByteArray &pdf)
{
    d->pool.clear();
    d->pool.waitForDone();
    d->document = Poppler::Document::loadFromData(pdf);
    if (d->document && d->document->isLocked())
        d->document.reset();
    if (d->document) {
        d->document->setRenderHint(Poppler::Document::Antialiasing);
        d->document->setRenderHint(Poppler::Document::TextAntialiasing);
    }
    d->page = 0;
    d->shown = -1;
    d->sheet->clear();
    tell();
    draw();
}

int PdfView::pageCount() const { return d->document ? d->document->numPages() : 0; }
int PdfView::page() const { return d->page; }
bool PdfView::isDrawn() const { return pageCount() > 0 && d->shown == d->page; }

void PdfView::showPage(int index)
{
    const int wanted = std::clamp(index, 0, std::max(0, pageCount() - 1));
    if (wanted == d->page)
        return;
    d->page = wanted;
    tell();
    draw();
}

void PdfView::tell()
{
    const int count = pageCount();
    d->number->setText(count == 0 ? Text{"ページを表示できません", "No page can be shown"}.in(d->lang)
                                  : Text{"%1 / %2 ページ", "Page %1 of %2"}.arg(d->page + 1, count).in(d->lang));
    d->back->setEnabled(d->page > 0);
    d->on->setEnabled(d->page + 1 < count);
}

void PdfView::draw()
{
    if (!d->document)
        return;
    const qreal ratio = devicePixelRatioF();
    const int pixels = int((std::max(320, d->scroll->viewport()->width()) - 2) * ratio), number = ++d->asked;
    d->pool.clear(); // only the page asked for last matters
    QtConcurrent::run(&d->pool, drawn, d->document, d->page, pixels, ratio)
        .then(this, [this, number](const Drawn &result) {
            if (number != d->asked)
                return;
            const bool turned = result.page != d->shown;
            d->shown = result.page;
            d->sheet->setPixmap(QPixmap::fromImage(result.image));
            d->sheet->setAccessibleName(d->number->text());
            d->sheet->setAccessibleDescription(result.text);
            if (turned)
                d->scroll->verticalScrollBar()->setValue(0);
            emit pageDrawn(result.page);
        });
}

/// Keys turn pages where there is nothing left to scroll.
bool PdfView::turn(int key)
{
    const QScrollBar *bar = d->scroll->verticalScrollBar();
    const int before = d->page;
    if (key == Qt::Key_Right || (key == Qt::Key_PageDown && bar->value() >= bar->maximum()))
        showPage(before + 1);
    else if (key == Qt::Key_Left || (key == Qt::Key_PageUp && bar->value() <= bar->minimum()))
        showPage(before - 1);
    else if (key == Qt::Key_Home)
        showPage(0);
    else if (key == Qt::Key_End)
        showPage(pageCount() - 1);
    return d->page != before;
}

bool PdfView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == d->scroll && event->type() == QEvent::KeyPress
        && turn(static_cast<QKeyEvent *>(event)->key()))
        return true;
    return QWidget::eventFilter(watched, event);
}

void PdfView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    d->later.start();
}

} // namespace tenken
