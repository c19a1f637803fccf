// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/guidelinks.h>
#include <evidence/evidence.h>

#include <QRegularExpression>
#include <QUrl>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

namespace
{

QString pathOf(const QUrl &url)
{
    QString path = url.path(QUrl::FullyDecoded);
    while (path.endsWith(u'/'))
        path.chop(1);
    return path;
}

bool samePage(const QUrl &link, const QUrl &guide)
{
    const bool web = link.scheme().startsWith(u"http") && guide.scheme().startsWith(u"http");
    return web && link.host().compare(guide.host(), Qt::CaseInsensitive) == 0 && link.port() == guide.port()
        && pathOf(link) == pathOf(guide) && (guide.query().isEmpty() || link.query() == guide.query());
}

} // namespace

std::vector<Guide> guidesOf(const Evidence &evidence, const QString &role)
{
    std::vector<Guide> guides;
    for (const DocumentSource &source : evidence.service.documents) {
        if (source.role != role)
            continue;
        const auto &documents = evidence.documents;
        const auto it = std::ranges::find_if(
            documents, [&](const Document &d) { return !source.file.isEmpty() && d.file == source.file; });
        guides.push_back({source, it == documents.end() ? nullptr : &*it});
    }
    return guides;
}

Leads leadsTo(const QString &link, const Guide &guide, const QString &serviceId)
{
    const QUrl url(link);
    if (!guide.source.url.isEmpty() && samePage(url, QUrl(guide.source.url)))
        return Leads::Yes;
    const QString &file = guide.source.file;
    if (file.isEmpty())
        return Leads::No;
    const QString path = pathOf(url);
    if (url.isRelative())
        return path == file || path.endsWith(u'/' + file) ? Leads::Yes : Leads::No;
    if (!path.endsWith(u'/' + file))
        return Leads::No;
    return path.split(u'/').contains(serviceId, Qt::CaseInsensitive) ? Leads::Yes : Leads::Unsure;
}

QString anchorOf(const QString &link)
{
    const qsizetype hash = link.indexOf(u'#');
    if (hash < 0)
        return {};
    QString anchor = QString::fromUtf8(QByteArray::fromPercentEncoding(link.sliced(hash + 1).toUtf8()));
    if (anchor.startsWith(u"user-content-"))
        anchor.remove(0, 13);
    return anchor;
}

const Heading *headingAt(const Document &document, const QString &anchor)
{
    const auto it = std::ranges::find_if(document.headings, [&](const Heading &h) {
        return !h.anchor.isEmpty() && h.anchor.compare(anchor, Qt::CaseInsensitive) == 0;
    });
    return it == document.headings.end() ? nullptr : &*it;
}

bool hasAnchor(const Document &document, const QString &anchor)
{
    return headingAt(document, anchor) || document.anchors.contains(anchor);
}

QString plainTitle(const QString &title)
{
    static const QRegularExpression number(u"^\\s*(?:[§第]?\\d+(?:[.\\-]\\d+)*[.)章節、:：]?)\\s+"_s);
    static const QRegularExpression noise(u"[^\\p{L}\\p{M}\\p{N}]+"_s);
    QString plain = title.normalized(QString::NormalizationForm_KC).toCaseFolded();
    plain.remove(number);
    return plain.replace(noise, u" "_s).trimmed();
}

} // namespace tenken
