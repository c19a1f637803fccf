// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/stamp.h>

#include <QDateTime>

namespace tenken {

QString writable(QString text)
{
    text = QString::fromUtf8(text.toUtf8());
    return text.remove(QChar(QChar::ByteOrderMark));
}

namespace {

/// To the second, with the zone.
QDateTime secondOfNow()
{
    const QDateTime now = QDateTime::currentDateTime();
    return QDateTime::fromSecsSinceEpoch(now.toSecsSinceEpoch()).toOffsetFromUtc(now.offsetFromUtc());
}

template<typename Kind>
Answer<Kind> stampedAs(const Answer<Kind> &before, Answer<Kind> after, const QString &author)
{
    after.note = writable(after.note);
    for (QString &link : after.links)
        link = writable(link);
    if (after.isEmpty())
        return {};
    if (after.answer == before.answer && after.note == before.note && after.links == before.links)
        return before;
    if (after.by.isEmpty() || after.by == before.by)
        after.by = author;
    after.by = writable(after.by);
    if (!after.at.isValid() || after.at == before.at)
        after.at = secondOfNow();
    return after;
}

} // namespace

MonitorLink stampedWord(const QString &monitorId, bool belongs, const QString &author, const QString &note)
{
    return {writable(monitorId), belongs, writable(author), secondOfNow(), writable(note)};
}

namespace {

template<typename Kind>
Answer<Kind> again(Answer<Kind> answer, const QString &author)
{
    answer.by = writable(author);
    answer.at = secondOfNow();
    return answer;
}

} // namespace

Answer<TeamAnswer> stampedAgain(Answer<TeamAnswer> answer, const QString &author) { return again(std::move(answer), author); }

Answer<ReviewAnswer> stampedAgain(Answer<ReviewAnswer> answer, const QString &author)
{
    return again(std::move(answer), author);
}

Answer<TeamAnswer> stamped(const Answer<TeamAnswer> &before, Answer<TeamAnswer> after, const QString &author)
{
    return stampedAs(before, std::move(after), author);
}

Answer<ReviewAnswer> stamped(const Answer<ReviewAnswer> &before, Answer<ReviewAnswer> after,
                             const QString &author)
{
    return stampedAs(before, std::move(after), author);
}

} // namespace tenken
