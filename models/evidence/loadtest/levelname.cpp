// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/loadtest/levelname.h>

#include <QFileInfo>
#include <QRegularExpression>

#include <vector>

namespace tenken
{

namespace
{

/// What stands between two separators: a word, a number, or both without anything between them ("c16").
struct Piece {
    QString word;
    double number = -1;
    bool whole = true; ///< the number has no fraction
    bool used = false;
    bool isWord() const { return number < 0 && !word.isEmpty(); }
    bool isNumber() const { return number >= 0 && word.isEmpty(); }
};

struct Key {
    const char *word;
    double NamedLoad::*value;
};

/// Single letters count only right beside their number.
constexpr Key keys[] = {
    {"c", &NamedLoad::users},           {"u", &NamedLoad::users},
    {"vu", &NamedLoad::users},          {"vus", &NamedLoad::users},
    {"user", &NamedLoad::users},        {"users", &NamedLoad::users},
    {"conn", &NamedLoad::users},        {"conns", &NamedLoad::users},
    {"connection", &NamedLoad::users},  {"connections", &NamedLoad::users},
    {"concurrency", &NamedLoad::users}, {"clients", &NamedLoad::users},
    {"threads", &NamedLoad::users},     {"rps", &NamedLoad::offered},
    {"qps", &NamedLoad::offered},       {"tps", &NamedLoad::offered},
    {"rate", &NamedLoad::offered},      {"q", &NamedLoad::perWorker},
    {"step", &NamedLoad::step},         {"level", &NamedLoad::step},
    {"load", &NamedLoad::step},         {"r", &NamedLoad::step},
};

const Key *keyOf(const QString &word)
{
    for (const Key &key : keys) {
        if (word == QLatin1StringView(key.word))
            return &key;
    }
    return nullptr;
}

std::vector<Piece> piecesOf(const QString &name)
{
    static const QRegularExpression separators(QStringLiteral("(?<![0-9])\\.|\\.(?![0-9])|[^a-z0-9.]+"));
    static const QRegularExpression numberFirst(QStringLiteral("^([0-9]{1,9}(?:\\.[0-9]{1,3})?)([a-z]*)$"));
    static const QRegularExpression wordFirst(QStringLiteral("^([a-z]+)([0-9]{0,9})$"));
    std::vector<Piece> pieces;
    for (const QString &text : name.left(256).toLower().split(separators, Qt::SkipEmptyParts)) {
        Piece piece;
        if (const auto match = numberFirst.match(text); match.hasMatch()) {
            piece = {match.captured(2), match.captured(1).toDouble(), !text.contains(u'.'), false};
        } else if (const auto other = wordFirst.match(text); other.hasMatch()) {
            piece.word = other.captured(1);
            if (!other.captured(2).isEmpty())
                piece.number = other.captured(2).toDouble();
        }
        pieces.push_back(piece);
    }
    return pieces;
}

/// A value that two pieces of the name state differently is not known.
void take(NamedLoad &load, std::vector<double NamedLoad::*> &torn, double NamedLoad::*value, double number)
{
    constexpr double most = 1e8;
    if (number <= 0 || number > most)
        return;
    if (load.*value >= 0 && load.*value != number)
        torn.push_back(value);
    load.*value = number;
}

} // namespace

QString nameWithoutEndings(const QString &path)
{
    static const QRegularExpression ending(QStringLiteral("\\.[A-Za-z][A-Za-z0-9]{0,7}$"));
    QString name = QFileInfo(path).fileName();
    for (const char *packed : {".gz", ".zst"}) {
        if (name.endsWith(QLatin1StringView(packed)))
            name.chop(qsizetype(qstrlen(packed)));
    }
    const QString shorter = QString(name).remove(ending);
    return shorter.isEmpty() ? name : shorter;
}

NamedLoad loadInName(const QString &name)
{
    NamedLoad load;
    std::vector<double NamedLoad::*> torn;
    std::vector<Piece> pieces = piecesOf(name);
    for (const Piece &piece : pieces) {
        const Key *key = piece.number >= 0 ? keyOf(piece.word) : nullptr;
        if (key && (piece.whole || key->value == &NamedLoad::offered))
            take(load, torn, key->value, piece.number);
    }
    const auto freeKey = [&](size_t i) -> const Key * {
        if (i >= pieces.size() || !pieces[i].isWord() || pieces[i].used || pieces[i].word.size() < 2)
            return nullptr;
        return keyOf(pieces[i].word);
    };
    const auto isNumber = [&](size_t i) { return i < pieces.size() && pieces[i].isNumber(); };
    for (size_t i = 0; i < pieces.size(); ++i) {
        // Numbers side by side are a date or a count of attempts.
        if (!isNumber(i) || !pieces[i].whole || isNumber(i - 1) || isNumber(i + 1))
            continue;
        const Key *before = freeKey(i - 1), *after = freeKey(i + 1);
        if (before && after && !isNumber(i + 2))
            continue; // "rps-16-users": it may belong to either
        if (!before && !after)
            continue;
        pieces[before ? i - 1 : i + 1].used = true;
        take(load, torn, (before ? before : after)->value, pieces[i].number);
    }
    for (const auto value : torn)
        load.*value = -1;
    return load;
}

} // namespace tenken
