// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <parts/pictureview_p.h>

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFileDialog>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QRegularExpression>

namespace tenken {

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

} // namespace tenken
