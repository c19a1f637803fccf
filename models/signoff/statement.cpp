// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/statement.h>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimeZone>

#include <algorithm>
#include <array>

namespace tenken {

namespace {

constexpr qsizetype largestStatement = 64 * 1024, mostSubjects = 64, longestText = 1000;

constexpr std::array decisions{std::pair{SignDecision::Approved, "approved"},
                               std::pair{SignDecision::Rejected, "rejected"},
                               std::pair{SignDecision::ApprovedWithWaivers, "approved-with-waivers"}};

QString timeText(const QDateTime &at) { return at.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ssZ")); }

QJsonObject subjectObject(const Subject &s)
{
    QJsonObject object{{"name", s.name},
                       {"digest", QJsonObject{{s.algorithm, QString::fromLatin1(s.digest)}}}};
    if (s.length >= 0)
        object.insert(QStringLiteral("annotations"), QJsonObject{{"length", s.length}});
    return object;
}

std::unexpected<Problem> refused(const Text &why)
{
    return failure({{}, {}, why, {}});
}

bool isHex(const QByteArray &text)
{
    return (text.size() == 40 || text.size() == 64)
        && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool isPlainText(const QString &text)
{
    return text.size() <= longestText && text.isValidUtf16() && std::ranges::none_of(text, [](QChar c) {
               return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format;
           });
}

std::optional<Subject> subjectOf(const QJsonObject &object)
{
    const QJsonObject digest = object[u"digest"].toObject();
    if (digest.size() != 1)
        return std::nullopt;
    Subject s{object[u"name"].toString(), digest.begin().value().toString().toLatin1(), digest.begin().key()};
    if (object.contains(u"annotations"))
        s.length = object[u"annotations"][u"length"].toInteger(-1);
    const bool known = s.algorithm == u"sha256" ? s.digest.size() == 64 : s.algorithm == u"gitCommit";
    return known && isHex(s.digest) && !s.name.isEmpty() && isPlainText(s.name) ? std::optional(s)
                                                                                : std::nullopt;
}

bool isFingerprint(const QString &text)
{
    return text.startsWith(u"SHA256:") && text.size() <= 80 && std::ranges::all_of(text.mid(7), [](QChar c) {
               return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z')
                   || c == u'+' || c == u'/';
           });
}

Result<std::vector<Subject>> subjectsOf(const QJsonArray &array)
{
    std::vector<Subject> subjects;
    for (const QJsonValue &value : array) {
        const auto s = subjectOf(value.toObject());
        const bool twice = s && std::ranges::contains(subjects, s->name, &Subject::name);
        if (!s || twice || qsizetype(subjects.size()) >= mostSubjects)
            return refused({"署名の対象を読めません。", "What the statement is about cannot be read."});
        subjects.push_back(*s);
    }
    return subjects;
}

} // namespace

QString toString(SignDecision d)
{
    return QString::fromLatin1(
        std::ranges::find(decisions, d, &std::pair<SignDecision, const char *>::first)->second);
}

std::optional<SignDecision> signDecisionFromString(const QString &s)
{
    static const std::array commands{"approve", "reject", "approve-with-waivers"};
    for (size_t i = 0; i < decisions.size(); ++i) {
        if (s == QLatin1StringView(decisions[i].second) || s == QLatin1StringView(commands[i]))
            return decisions[i].first;
    }
    return std::nullopt;
}

Text label(SignDecision d)
{
    switch (d) {
    case SignDecision::Approved:
        return {"承認", "Approved"};
    case SignDecision::Rejected:
        return {"差し戻し", "Rejected"};
    case SignDecision::ApprovedWithWaivers:
        break;
    }
    return {"免除つきで承認", "Approved with waivers"};
}

const Subject *Statement::find(const QString &name) const
{
    const auto found = std::ranges::find(subjects, name, &Subject::name);
    return found == subjects.end() ? nullptr : &*found;
}

QByteArray statementBytes(const Statement &s)
{
    QJsonArray subjects;
    for (const Subject &one : s.subjects)
        subjects.append(subjectObject(one));
    const QJsonObject signer{
        {"identity", s.identity}, {"keyFingerprint", s.keyFingerprint}, {"name", s.name}};
    const QJsonObject predicate{{"decision", toString(s.decision)},
                                {"reviewId", s.reviewId},
                                {"role", s.role},
                                {"service", s.service},
                                {"signedAt", timeText(s.signedAt)},
                                {"signer", signer},
                                {"validUntil", s.validUntil.toString(Qt::ISODate)},
                                {"version", s.version}};
    // QJsonObject keeps its keys sorted.
    return QJsonDocument(QJsonObject{{"_type", statementType},
                                     {"predicateType", predicateType},
                                     {"predicate", predicate},
                                     {"subject", subjects}})
        .toJson();
}

Result<Statement> readStatement(const QByteArray &bytes)
{
    if (bytes.size() > largestStatement)
        return refused({"陳述が大きすぎます。", "The statement is too large."});
    const QJsonObject root = QJsonDocument::fromJson(bytes).object();
    if (root[u"_type"].toString() != QLatin1StringView(statementType)
        || root[u"predicateType"].toString() != QLatin1StringView(predicateType))
        return refused({"署名の陳述ではありません。", "It is no statement of a sign-off."});
    const QJsonObject p = root[u"predicate"].toObject(), signer = p[u"signer"].toObject();
    auto subjects = subjectsOf(root[u"subject"].toArray());
    if (!subjects)
        return failure(subjects.error());
    const auto decision = signDecisionFromString(p[u"decision"].toString());
    QDateTime at = QDateTime::fromString(p[u"signedAt"].toString(), Qt::ISODate);
    const Statement s{*std::move(subjects),
                      p[u"reviewId"].toString(),
                      p[u"service"].toString(),
                      p[u"version"].toString(),
                      decision.value_or(SignDecision::Rejected),
                      p[u"role"].toString(),
                      signer[u"identity"].toString(),
                      signer[u"name"].toString(),
                      signer[u"keyFingerprint"].toString(),
                      at.toUTC(),
                      QDate::fromString(p[u"validUntil"].toString(), Qt::ISODate)};
    const bool words = std::ranges::all_of(std::array{s.reviewId, s.service, s.version, s.name}, isPlainText)
        && isFingerprint(s.keyFingerprint);
    if (!decision || !at.isValid() || !s.validUntil.isValid() || !words || !isRoleName(s.role)
        || !isIdentity(s.identity))
        return refused({"陳述に読めない値があります。", "The statement holds a value that cannot be read."});
    // A second form of the same bytes (a key twice, other spaces) would let two readers see two meanings.
    if (statementBytes(s) != bytes)
        return refused({"陳述が決まった形ではありません。", "The statement is not in its one form."});
    return s;
}

bool isIdentity(const QString &identity)
{
    return !identity.isEmpty() && identity.size() <= 200 && !identity.startsWith(u'-')
        && std::ranges::all_of(identity, [](QChar c) {
               return c > u' ' && c < QChar(0x7f) && !QStringView(u"\"'`,*?!#\\$").contains(c);
           });
}

} // namespace tenken
