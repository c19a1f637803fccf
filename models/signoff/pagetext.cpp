// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/reviewsays.h>

#include <QRegularExpression>

#include <poppler-qt6.h>

namespace tenken {

QList<QByteArray> reviewDigestsOnPages(const QByteArray &pdf)
{
    constexpr int mostPages = 60; // the page to sign is among the last
    static const QRegularExpression named(QStringLiteral("review\\.jsonsha256([0-9a-f]{64})"));
    static const QRegularExpression space(QStringLiteral("\\s+")); // a long digest may go on in the next line
    Poppler::setDebugErrorFunction([](const QString &, const QVariant &) {}, {});
    QList<QByteArray> found;
    const auto document = Poppler::Document::loadFromData(pdf);
    if (!document || document->isLocked())
        return found;
    const int pages = document->numPages();
    for (int i = pages - 1; i >= std::max(0, pages - mostPages) && found.isEmpty(); --i) {
        const auto page = document->page(i);
        const QString text = page ? page->text({}).remove(space) : QString();
        for (auto it = named.globalMatch(text); it.hasNext();)
            found << it.next().captured(1).toLatin1();
    }
    return found;
}

} // namespace tenken
