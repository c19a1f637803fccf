// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/sloquery.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

QString sloIdOf(const Monitor &monitor)
{
    static const QRegularExpression id(uR"re((?:error_budget|burn_rate)\(\s*"([^"]+)"\s*\))re"_s);
    return id.match(monitor.query).captured(1);
}

const Slo *sloOf(const Monitor &monitor, const std::vector<Slo> &slos)
{
    const QString id = sloIdOf(monitor);
    const auto it = id.isEmpty() ? slos.end() : std::ranges::find(slos, id, &Slo::id);
    return it == slos.end() ? nullptr : &*it;
}

MonitorQuery queryOf(const Slo &slo)
{
    MonitorQuery query;
    query.comparator = u">"_s; // it burns as the bad ones rise
    for (const QString &text : QStringList{slo.numerator, slo.denominator} + slo.queries) {
        Monitor written;
        written.query = text;
        for (QueryPart part : parseMonitorQuery(written).parts) {
            part.denominator = part.falling = false;
            // Good is what is not a 5xx: the 5xx are what it watches.
            for (ScopeTerm &term : part.scope) {
                QueryPart turned;
                turned.scope = {{term.key, term.value, false}};
                if (term.negative && countsServerErrors(turned))
                    term.negative = false;
            }
            query.parts.push_back(std::move(part));
        }
    }
    return query;
}

} // namespace tenken
