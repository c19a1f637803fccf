// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/reviewkeys.h>

#include <algorithm>

namespace tenken {

namespace {

/// What is allowed, or nothing when the value will do.
Text wanted(Shape shape, Yaml value)
{
    const QString text = value.string();
    switch (shape) {
    case Shape::Line:
    case Shape::Note:
        return value.isScalar() ? Text{} : Text{"文字列を書きます", "write a text"};
    case Shape::TeamWord:
        return value.isScalar() && teamAnswerFromString(text)
            ? Text{} : Text{"pass、fail、n/a、not-yet か、空です", "write pass, fail, n/a, not-yet, or nothing"};
    case Shape::ReviewWord:
        return value.isScalar() && reviewAnswerFromString(text)
            ? Text{} : Text{"accept、reject、waive、ask か、空です", "write accept, reject, waive, ask, or nothing"};
    case Shape::Time:
        return timeFrom(text).isValid()
            ? Text{} : Text{"2026-11-20T10:15:00+09:00 のように、時差つきの日時を書きます",
                            "write a time with its zone, as in 2026-11-20T10:15:00+09:00"};
    case Shape::Day:
        return dayFrom(text).isValid()
            ? Text{} : Text{"2026-11-27 のように日付を書きます", "write a date, as in 2026-11-27"};
    case Shape::Flag:
        return value.boolean() ? Text{} : Text{"true か false です", "write true or false"};
    case Shape::Number:
        return value.number() ? Text{} : Text{"0.2 のように数を書きます", "write a number, as in 0.2"};
    case Shape::Links:
        return value.isSequence()
                && std::ranges::all_of(value.items(), [](Yaml link) { return link.isScalar(); })
            ? Text{}
            : Text{"`- …` を1行ずつ書きます", "write one `- …` per line"};
    case Shape::List:
        return value.isSequence()
                && std::ranges::all_of(value.items(), [](Yaml entry) { return entry.isMap(); })
            ? Text{}
            : Text{"`- ` で始まる項目を並べます", "write entries that begin with `- `"};
    case Shape::Map:
        return value.isMap() ? Text{} : Text{"下の行に字下げしてキーを書きます", "write keys on the lines below, indented"};
    }
    return {};
}

} // namespace

QStringList namesOf(std::span<const Key> keys)
{
    QStringList names;
    for (const Key &key : keys)
        names.append(QString::fromLatin1(key.name));
    return names;
}

std::optional<Problem> complaint(Shape shape, Yaml value, const QString &file)
{
    if (!value.exists() || value.isNull())
        return std::nullopt; // nothing written: nothing said
    const Text allowed = wanted(shape, value);
    if (allowed.isEmpty())
        return std::nullopt;
    Problem problem;
    problem.file = file;
    problem.span = value.span();
    const QString shown = value.isScalar() ? value.string().left(60) : QStringLiteral("…");
    problem.message = Text{"「%1」はここに書けません", "\"%1\" cannot stand here"}.arg(shown);
    problem.hint = allowed;
    return problem;
}

QDateTime timeFrom(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() && time.timeSpec() != Qt::LocalTime ? time : QDateTime();
}

QDate dayFrom(const QString &text)
{
    return text.size() == 10 ? QDate::fromString(text, Qt::ISODate) : QDate();
}

QString inIso(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    return time.toOffsetFromUtc(time.offsetFromUtc())
        .toString(time.time().msec() == 0 ? Qt::ISODate : Qt::ISODateWithMs);
}

} // namespace tenken
