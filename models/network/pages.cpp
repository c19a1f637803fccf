// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/files.h>
#include <network/pages.h>

#include <QJsonObject>

namespace tenken
{

namespace
{

constexpr int mostPages = 500;

/// What carries the page's size, and what moves on.
struct Style {
    const char *size, *position;
    bool byElements; ///< the position counts elements, not pages
    int assumed; ///< page size where the request says none
};

Style styleOf(Paging paging)
{
    switch (paging) {
    case Paging::Page:
        return {"page_size", "page", false, 100};
    case Paging::CountStart:
        return {"count", "start", true, 100};
    case Paging::LimitOffset:
        return {"limit", "offset", true, 1000};
    case Paging::PageNumber:
        return {"page_size", "page_number", false, 100};
    case Paging::PerPage:
        return {"per_page", "page", false, 30};
    case Paging::BracketNumber:
        return {"page[size]", "page[number]", false, 10};
    case Paging::BracketOffset:
        return {"page[limit]", "page[offset]", true, 30};
    default:
        return {"", "", false, 0};
    }
}

QString idOf(const QJsonValue &element)
{
    const QJsonObject o = element.toObject();
    for (const char *key : {"id", "public_id"}) {
        const QJsonValue id = o.value(QLatin1StringView(key));
        if (id.isString() || id.isDouble())
            return id.toVariant().toString();
    }
    QJsonDocument whole;
    if (element.isArray())
        whole.setArray(element.toArray());
    else
        whole.setObject(element.isObject() ? o : QJsonObject{{"value", element}});
    return QString::fromLatin1(sha256Hex(whole.toJson(QJsonDocument::Compact)));
}

// SLO's totals contradict each other: those are not asked for.
qsizetype totalOf(Paging paging, const QJsonObject &o)
{
    QJsonValue total;
    if (paging == Paging::PageNumber)
        total = o.value(u"total");
    else if (paging == Paging::PerPage)
        total = o.value(u"metadata").toObject().value(u"total_count");
    else if (paging == Paging::BracketOffset)
        total = o.value(u"meta").toObject().value(u"page").toObject().value(u"total_filtered_count");
    const double number = total.toDouble(-1);
    return number >= 0 && number < 1e9 ? qsizetype(number) : -1;
}

QString cursorOf(const QJsonObject &o)
{
    const QJsonObject meta = o.value(u"meta").toObject();
    const QString next = meta.value(u"pagination").toObject().value(u"next_cursor").toString();
    return next.isEmpty() ? meta.value(u"page").toObject().value(u"after").toString() : next;
}

} // namespace

QJsonArray elementsOf(const QJsonDocument &page)
{
    if (page.isArray())
        return page.array();
    const QJsonObject o = page.object();
    for (const char *key : {"data", "dashboards", "tests", "monitors", "groups", "slos"}) {
        if (o.value(QLatin1StringView(key)).isArray())
            return o.value(QLatin1StringView(key)).toArray();
    }
    return {};
}

QString Pages::value(const QString &key) const
{
    for (const auto &[name, text] : m_current.query) {
        if (name == key)
            return text;
    }
    return {};
}

void Pages::setValue(const QString &key, const QString &text)
{
    for (auto &[name, old] : m_current.query) {
        if (name == key) {
            old = text;
            return;
        }
    }
    m_current.query.emplace_back(key, text);
}

bool Pages::stepBy(const QString &key, qsizetype by)
{
    setValue(key, QString::number(std::max<qlonglong>(value(key).toLongLong(), 0) + by));
    return true;
}

bool Pages::stepTo(const QString &cursor)
{
    if (cursor.isEmpty()) {
        m_complete = true;
        return false;
    }
    if (m_cursors.contains(cursor))
        return false; // round and round: what is behind it is not known
    m_cursors.insert(cursor);
    setValue(QStringLiteral("page[cursor]"), cursor);
    return true;
}

// A link may only move on within what was asked: its host and path are not followed.
bool Pages::stepToLink(const QJsonDocument &answer)
{
    const QString link = answer.object().value(u"links").toObject().value(u"next").toString();
    if (link.isEmpty()) {
        m_complete = true;
        return false;
    }
    const QUrl url(link);
    const bool samePath = url.path().isEmpty() || url.path() == m_current.path
        || m_current.path.endsWith(u'/' + url.path()); // relative to the folder
    if (!samePath || m_cursors.contains(link))
        return false;
    m_cursors.insert(link);
    for (const auto &[key, text] : QUrlQuery(url).queryItems(QUrl::FullyDecoded))
        setValue(key, text);
    return true;
}

bool Pages::step(const QJsonDocument &answer, qsizetype elements)
{
    if (m_current.paging == Paging::Cursor)
        return stepTo(cursorOf(answer.object()));
    if (m_current.paging == Paging::Link && elements > 0)
        return stepToLink(answer);
    const Style style = styleOf(m_current.paging);
    const qsizetype asked = value(QString::fromLatin1(style.size)).toLongLong();
    const bool whole = m_total >= 0 && m_seen.size() >= m_total;
    if (whole || elements == 0 || elements < (asked > 0 ? asked : style.assumed)) {
        // Fewer than the server counts: elements moved between the pages, and some were never shown.
        m_complete = m_total < 0 || whole;
        return false;
    }
    return stepBy(QString::fromLatin1(style.position), style.byElements ? elements : 1);
}

bool Pages::next(const QJsonDocument &answer)
{
    if (m_current.paging == Paging::None) {
        m_complete = true;
        return false;
    }
    const QJsonArray elements = elementsOf(answer);
    if (!answer.isArray() && elements.isEmpty() && !answer.object().contains(u"data")
        && !answer.object().contains(u"dashboards") && !answer.object().contains(u"tests")
        && !answer.object().contains(u"monitors"))
        return false; // no list at all
    const qsizetype before = m_seen.size();
    for (const QJsonValue &element : elements)
        m_seen.insert(idOf(element));
    m_total = totalOf(m_current.paging, answer.object());
    const bool repeats = !elements.isEmpty() && m_seen.size() == before;
    if (++m_pages > mostPages)
        return false;
    const bool more = step(answer, elements.size());
    // A full page of what is known already: the server does not turn the pages.
    if (more && repeats) {
        m_complete = false;
        return false;
    }
    return more;
}

} // namespace tenken
