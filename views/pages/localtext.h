// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTextBrowser>

namespace tenken {

/// Shows text of a reviewed service: loads nothing, neither files nor anything remote, and opens no link by itself.
class LocalTextBrowser : public QTextBrowser
{
    Q_OBJECT
public:
    explicit LocalTextBrowser(QWidget *parent = nullptr);
    QVariant loadResource(int, const QUrl &) override { return {}; }
};

/// Scrolls to the heading whose GitHub anchor this is; to the top when there is none.
void scrollToHeading(QTextBrowser &browser, const QString &anchor);

} // namespace tenken
