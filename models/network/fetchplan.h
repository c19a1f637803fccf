// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <evidence/service.h>
#include <network/httpclient.h>

#include <QUrlQuery>

namespace tenken
{

/// How the answers of a listing follow one another.
enum class Paging {
    None,
    Page, ///< page, page_size; from 0; a bare array without a total
    CountStart, ///< count, start; no total
    LimitOffset, ///< limit, offset; totals that contradict each other, so not believed
    PageNumber, ///< page_number, page_size; `total`
    PerPage, ///< page, per_page; `metadata.total_count`
    BracketNumber, ///< page[number], page[size]; `next` points beyond the end
    BracketOffset, ///< page[offset], page[limit]; `meta.page.total_filtered_count`
    Cursor, ///< page[cursor]; the last page has no `meta`
    Link, ///< links.next, relative
};

/// What an answer leads to, once its listing is whole or as much of it as there is.
enum class FetchFollow { None, Monitors, Dashboards, Teams };

inline const QString metricQueryPath = QStringLiteral("/api/v1/query");

using FetchQuery = std::vector<std::pair<QString, QString>>; ///< decoded, in order

/// One line of the plan. Read-only: GET, or one of the two query POSTs.
struct FetchRequest {
    QString purpose; ///< "request_rate", "dependency_users-db_cpu"
    Text label;
    QString kind; ///< "query_v1"
    QString path;
    FetchQuery query;
    QByteArray method = "GET";
    QByteArray body; ///< of a POST
    Paging paging = Paging::None;
    FetchFollow follow = FetchFollow::None;
    bool enabled = true;

    QString encodedQuery() const; ///< "from=1&query=sum%3A…"
    QString editable() const; ///< what a person may change: the metric query, else the query string
    bool setEditable(const QString &text); ///< false: that cannot be understood
    friend bool operator==(const FetchRequest &, const FetchRequest &) = default;
};

struct FetchWindow {
    QDateTime from, to;
};

/// What a plan is made for, beyond what the service says of itself.
struct FetchWishes {
    QString site;
    FetchWindow window;
    QString environment; ///< value of the tag `env`
    QString span = QStringLiteral("http.request"); ///< the entry span: trace.<span>.hits
};

struct FetchPlan {
    FetchWishes wishes;
    QString service; ///< its id
    QStringList names; ///< id and aliases: what tells that a monitor or a dashboard is its own
    QStringList teams; ///< its team and owners, as far as they may be handles
    std::vector<FetchRequest> requests;
};

FetchPlan fetchPlan(const Service &service, const FetchWishes &wishes);
std::vector<FetchRequest> dependencyRequests(const Dependency &dependency, const FetchPlan &plan);
FetchRequest metricRequest(const FetchPlan &plan, const QString &purpose, const Text &label,
                           const QString &query);
int rollupSeconds(const FetchWindow &window); ///< few enough points for one answer

QString productionOf(const Service &service); ///< the environment that is production
FetchWindow defaultWindow(const QDateTime &now); ///< the seven days before this hour
Text wrongWindow(const FetchWindow &window); ///< empty: it may be asked for
std::vector<AllowedRequest> datadogRequests(); ///< all that may ever be asked: GET, and two queries as POST

/// The lines of a shell that fetch the same by hand; keys only as variables.
QStringList curlCommands(const FetchPlan &plan);
QString shellQuoted(const QString &text);

} // namespace tenken
