// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/comparedialog.h>

#include <pages/label.h>
#include <review/conflicttext.h>

#include <QCoreApplication>
#include <QDialogButtonBox>
#include <QGridLayout>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QTextBlock>
#include <QThreadPool>
#include <QVBoxLayout>

#include <parts/colours.h>

#include <algorithm>

namespace tenken {

namespace {

QPlainTextEdit *codeView(const QString &name)
{
    auto *view = new QPlainTextEdit;
    view->setReadOnly(true);
    view->setFont(fontFor(Type::Code));
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setTabChangesFocus(true);
    view->setAccessibleName(name);
    return view;
}

/// Lines that the other side does not have are marked, and begin with a sign: never by colour alone.
void fill(QPlainTextEdit &view, const QStringList &lines, int first, const std::vector<int> &other,
          QChar sign, const QColor &mark)
{
    QStringList numbered;
    for (qsizetype i = 0; i < lines.size(); ++i)
        numbered << QStringLiteral("%1 %2 %3")
                        .arg(other[size_t(i)] < 0 ? sign : QChar(u' '))
                        .arg(first + i, 5)
                        .arg(lines[i]);
    view.setPlainText(numbered.join(u'\n'));
    QList<QTextEdit::ExtraSelection> marks;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (other[size_t(i)] >= 0)
            continue;
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(view.document()->findBlockByNumber(int(i)));
        selection.format.setBackground(mark);
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        marks << selection;
    }
    view.setExtraSelections(marks);
}

QByteArrayList bytesOf(const QStringList &lines)
{
    QByteArrayList bytes;
    for (const QString &line : lines)
        bytes << line.toUtf8();
    return bytes;
}

} // namespace

CompareDialog::CompareDialog(const Roots &roots, const Text &item, const std::vector<StaleReason> &reasons,
                             Lang lang, QWidget *parent)
    : QDialog(parent), m_lang(lang), m_roots(roots)
{
    std::ranges::copy_if(reasons, std::back_inserter(m_reasons),
                         [](const StaleReason &r) { return !r.before.file.isEmpty(); });
    setWindowTitle(Text{"回答のあとの変化 — %1", "Changed since the answer — %1"}.arg(item).in(lang));
    resize(1100, 640);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 16);
    m_places = new QListWidget;
    m_places->setAccessibleName(Text{"変わったところ", "Places that changed"}.in(lang));
    for (const StaleReason &reason : m_reasons)
        m_places->addItem(visible(maskSecrets(reason.words.in(lang))));
    m_places->setMaximumHeight(96);
    column->addWidget(m_places);
    auto *grid = new QGridLayout;
    m_beforeTitle = new Label(Type::CaptionBold, Label::Ink::Text2);
    m_nowTitle = new Label(Text{"今", "Now"}.in(lang), Type::CaptionBold, Label::Ink::Text2);
    m_before = codeView(Text{"回答したとき", "When it was answered"}.in(lang));
    m_now = codeView(Text{"今", "Now"}.in(lang));
    grid->addWidget(m_beforeTitle, 0, 0);
    grid->addWidget(m_nowTitle, 0, 1);
    grid->addWidget(m_before, 1, 0);
    grid->addWidget(m_now, 1, 1);
    column->addLayout(grid, 1);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(Text{"閉じる", "Close"}.in(lang), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    connect(m_places, &QListWidget::currentRowChanged, this, &CompareDialog::look);
    m_places->setCurrentRow(0);
}

/// Git is asked on another thread; the dialog may be closed meanwhile.
void CompareDialog::look(int row)
{
    if (row < 0 || row >= int(m_reasons.size()))
        return;
    m_beforeTitle->setText(Text{"git に尋ねています…", "Asking git…"}.in(m_lang));
    const StaleReason reason = m_reasons[size_t(row)];
    QThreadPool::globalInstance()->start([roots = m_roots, reason, asked = ++m_asked,
                                          dialog = QPointer<CompareDialog>(this)] {
        const EarlierLines lines = earlierLines(roots, reason.before, reason.commit);
        QMetaObject::invokeMethod(qApp, [dialog, asked, lines] {
            if (dialog && dialog->m_asked == asked)
                dialog->show(lines);
        }, Qt::QueuedConnection);
    });
}

void CompareDialog::show(const EarlierLines &lines)
{
    const Colours &c = coloursFor(palette());
    const QByteArrayList before = bytesOf(lines.before), now = bytesOf(lines.now);
    const QString version = QStringLiteral("%1 %2").arg(lines.commit, lines.date).trimmed();
    m_beforeTitle->setText(
        lines.found ? Text{"回答したとき (%1)", "When it was answered (%1)"}.arg(version).in(m_lang)
                    : Text{"回答したときの内容は、git の履歴にありません",
                           "Git does not have what stood there when it was answered"}
                          .in(m_lang));
    fill(*m_before, lines.before, lines.first, matchingLines(before, now), u'−', c.markFail);
    fill(*m_now, lines.now, lines.first,
         lines.found ? matchingLines(now, before) : std::vector<int>(size_t(now.size()), 0), u'+',
         c.markNeutral);
}

} // namespace tenken
