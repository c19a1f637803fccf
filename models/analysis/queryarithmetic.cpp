// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <analysis/queryarithmetic.h>

#include <QRegularExpression>

#include <algorithm>

namespace tenken
{

using namespace Qt::StringLiterals;

std::vector<bool> denominators(const QString &query)
{
    std::vector<bool> below(size_t(query.size()), false);
    std::vector<bool> groups = {false};
    bool pending = false; // a '/' was seen, its operand begins next
    size_t operand = 0; // depth of the operand that is below; 0: none
    for (qsizetype i = 0; i < query.size(); ++i) {
        const QChar c = query.at(i);
        const qsizetype from = i;
        if (c == u'{' || c == u'"') {
            const qsizetype end = query.indexOf(c == u'{' ? u'}' : u'"', i + 1);
            i = end < 0 ? query.size() - 1 : end;
        } else if (c == u'(') {
            groups.push_back(groups.back() || pending);
            pending = false;
        } else if (c == u')') {
            if (groups.size() > 1)
                groups.pop_back();
            if (groups.size() < operand)
                operand = 0;
        } else if (u"+-*/<>,"_s.contains(c)) {
            if (groups.size() == operand)
                operand = 0;
            pending = c == u'/';
        } else if (c.isLetterOrNumber() && pending) {
            operand = groups.size();
            pending = false;
        }
        for (qsizetype k = from; k <= i; ++k)
            below[size_t(k)] = groups.back() || operand > 0;
    }
    return below;
}

std::vector<bool> subtracted(const QString &query)
{
    struct Group {
        bool falling = false;
        bool minus = false;
    };
    std::vector<bool> result(size_t(query.size()), false);
    std::vector<Group> groups(1);
    for (qsizetype i = 0; i < query.size(); ++i) {
        const QChar c = query.at(i);
        const qsizetype from = i;
        if (c == u'{' || c == u'"' || c == u'\'') {
            const qsizetype end = query.indexOf(c == u'{' ? QChar(u'}') : c, i + 1);
            i = end < 0 ? query.size() - 1 : end;
        } else if (c == u'(') {
            groups.push_back({groups.back().falling != groups.back().minus, false});
        } else if (c == u')') {
            if (groups.size() > 1)
                groups.pop_back();
        } else if (c == u'-') {
            groups.back().minus = true;
        } else if (u"+<>,"_s.contains(c)) {
            groups.back().minus = false;
        }
        for (qsizetype k = from; k <= i; ++k)
            result[size_t(k)] = groups.back().falling != groups.back().minus;
    }
    return result;
}

std::vector<bool> shifted(const QString &query)
{
    static const QRegularExpression past(
        u"\\b(?:(?:hour|day|week|month)_before|timeshift|calendar_shift)\\s*\\("_s);
    std::vector<bool> result(size_t(query.size()), false);
    for (auto it = past.globalMatch(query); it.hasNext();) {
        int depth = 1;
        for (qsizetype i = it.next().capturedEnd(); i < query.size() && depth > 0; ++i) {
            depth += query.at(i) == u'(' ? 1 : query.at(i) == u')' ? -1 : 0;
            result[size_t(i)] = true;
        }
    }
    return result;
}

} // namespace tenken
