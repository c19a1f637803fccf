// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pages/localtext.h>

#include <evidence/documents.h>

#include <QScrollBar>
#include <QTextBlock>

namespace tenken {

LocalTextBrowser::LocalTextBrowser(QWidget *parent) : QTextBrowser(parent)
{
    setOpenLinks(false);
    setOpenExternalLinks(false);
    setFrameShape(QFrame::NoFrame);
}

void scrollToHeading(QTextBrowser &browser, const QString &anchor)
{
    browser.verticalScrollBar()->setValue(0);
    if (anchor.isEmpty())
        return;
    for (QTextBlock block = browser.document()->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().headingLevel() == 0)
            continue;
        const Document one = readMarkdown({}, "# " + block.text().toUtf8());
        if (one.headings.empty() || one.headings.front().anchor != anchor)
            continue;
        QTextCursor cursor(block);
        browser.setTextCursor(cursor);
        browser.ensureCursorVisible();
        return;
    }
}

} // namespace tenken
