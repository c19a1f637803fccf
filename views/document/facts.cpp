// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <document/facts.h>

#include <QLocale>

#include <algorithm>

namespace tenken {

namespace {

QString serviceLine(const Service &service, Lang lang)
{
    QString who = service.id;
    if (!service.name.in(lang).isEmpty())
        who = QStringLiteral("%1 (%2)").arg(service.name.in(lang), service.id);
    return service.team.isEmpty() ? who : who + QStringLiteral(" · ") + service.team;
}

QString revisionLine(const Evidence &evidence, Lang lang)
{
    QString commit = evidence.gitCommit.isEmpty()
        ? Text{"git の外", "outside git"}.in(lang)
        : (evidence.gitBranch + u' ' + evidence.gitCommit).trimmed();
    if (evidence.gitDirty)
        commit += Text{" · コミットと異なるファイルがあります", " · some files differ from the commit"}.in(lang);
    return commit;
}

QString momentLine(const DocumentInput &input)
{
    const QLocale locale(input.lang == Lang::Ja ? QLocale::Japanese : QLocale::English);
    const QDateTime at = input.judgedAt;
    const QString zone =
        QStringLiteral("UTC") + at.toString(QStringLiteral("t")).remove(QStringLiteral("UTC"));
    return QStringLiteral("%1 (%2) %3 %4 · Tenken %5")
        .arg(at.toString(QStringLiteral("yyyy-MM-dd")),
             locale.dayName(at.date().dayOfWeek(), QLocale::ShortFormat),
             at.toString(QStringLiteral("HH:mm")), zone, input.programVersion);
}

int urgency(const ItemStanding &s)
{
    switch (s.standing) {
    case Standing::Fail: return 0;
    case Standing::Waived: return 1;
    case Standing::Unknown: return 2;
    case Standing::Warn: return 3;
    case Standing::Unanswered: return 4;
    default: return 5;
    }
}

} // namespace

std::vector<DocumentFact> identityOf(const DocumentInput &input)
{
    const Evidence &evidence = *input.evidence;
    const Checklist &checklist = *input.checklist;
    std::vector<DocumentFact> facts{
        {{"サービス", "Service"}, serviceLine(evidence.service, input.lang)},
        {{"チェックリスト", "Checklist"},
         Text{"%1 · %2 節 %3 項目", "%1 · sections: %2, items: %3"}
             .arg(checklist.name(), int(checklist.sections.size()), checklist.itemCount())
             .in(input.lang)}};
    QStringList forecast;
    for (const ForecastDay &day : input.outcome->forecast)
        forecast << QStringLiteral("%1 %2: %3")
                        .arg(day.day.toString(Qt::ISODate), label(day.decision).in(input.lang),
                             day.why.in(input.lang));
    if (!forecast.isEmpty())
        facts.push_back({{"この先の判定", "What is to come"}, forecast.join(QStringLiteral(" · "))});
    QStringList removed;
    for (const RemovedQuestion &r : checklist.removed)
        removed << QStringLiteral("%1: %2").arg(r.words().in(input.lang), r.reason.in(input.lang));
    if (!removed.isEmpty())
        facts.push_back({{"外した項目、緩めた値", "Left out, loosened"}, removed.join(QStringLiteral(" · "))});
    facts.push_back({{"対象の版", "Revision"}, revisionLine(evidence, input.lang)});
    facts.push_back({{"評価の日時", "Judged at"}, momentLine(input)});
    facts.push_back({{"証拠の要約値", "Evidence digest"},
                     QStringLiteral("sha256 %1 (%2)")
                         .arg(QString::fromLatin1(evidence.digest()),
                              Text{"%1 ファイル", "%1 files"}.arg(int(evidence.files.size())).in(input.lang)),
                     true});
    return facts;
}

std::vector<Remark> noticesOf(const DocumentInput &input)
{
    std::vector<Remark> notices = remarksOf(*input.outcome, input.dissents, input.judgedAt.date());
    std::erase_if(notices, [](const Remark &r) { return r.kind == Remark::Kind::Waiver && !r.lacking; });
    return notices;
}

std::vector<Text> noticesFor(const std::vector<Remark> &notices, const ItemStanding &standing)
{
    std::vector<Text> lines;
    for (const Remark &notice : notices) {
        if (notice.standing == &standing)
            lines.push_back(Text{"%1: %2", "%1: %2"}.arg(label(notice.kind), notice.words));
    }
    return lines;
}

Frozen frozenOf(const DocumentInput &input)
{
    return input.frozen ? *input.frozen
                        : sketch(*input.evidence, *input.checklist, input.outcome, input.judgedAt);
}

std::vector<DocumentFact> signOffOf(const DocumentInput &input)
{
    const Frozen frozen = frozenOf(input);
    QStringList roles;
    for (const SignOffRole &role : frozen.rule.roles)
        roles << role.title.in(input.lang)
                + (role.people > 1 ? QStringLiteral(" × %1").arg(role.people) : QString());
    const QString version = frozen.commit.isEmpty()
        ? frozen.version
        : QStringLiteral("%1 · %2").arg(frozen.version, QString::fromLatin1(frozen.commit));
    return {{{"レビュー番号", "Review id"}, frozen.reviewId},
            {{"署名する版", "Signed version"}, version},
            {{"有効期限", "Valid until"},
             QStringLiteral("%1 (%2)").arg(frozen.validUntil.toString(Qt::ISODate),
                                           frozen.validBecause.in(input.lang))},
            {{"署名する人", "Who signs"},
             Text{"%1(あわせて %2 人以上)", "%1 (at least %2 people in all)"}
                 .arg(roles.join(input.lang == Lang::Ja ? QStringLiteral("、") : QStringLiteral(", ")),
                      frozen.rule.people)
                 .in(input.lang)}};
}

Text countsInWords(const SectionCount &count)
{
    return Text{"合格 %1 · 注意 %2 · 不合格 %3 · 不明 %4 · 対象外 %5 · 計 %6 項目",
                "%1 pass · %2 warn · %3 fail · %4 unknown · %5 n/a · %6 items"}
        .arg(count.pass, count.warn, count.fail, count.unknown, count.notApplicable, count.total());
}

Text coverageInWords(const Outcome &outcome)
{
    return Text{"裏付け: 機械が判定 %1、人の申告 %2、不明 %3。対象外 %4 項目は分母に入れません。",
                "It stands on: %1 judged by machine, %2 attested, %3 unknown. %4 n/a items are not counted."}
        .arg(outcome.machineJudged, outcome.attested, outcome.unknown, outcome.total.notApplicable);
}

std::vector<const ItemStanding *> itemsByUrgency(const Outcome &outcome, const Section &section)
{
    std::vector<const ItemStanding *> items;
    for (const ItemStanding &s : outcome.items) {
        if (std::ranges::contains(section.items, s.item->id, &Item::id))
            items.push_back(&s);
    }
    std::ranges::stable_sort(items, {}, [](const ItemStanding *s) { return urgency(*s); });
    return items;
}

std::vector<const Finding *> findingsByWeight(const ItemResult &result)
{
    std::vector<const Finding *> shown;
    for (const Finding &finding : result.findings)
        shown.push_back(&finding);
    std::ranges::stable_sort(shown, {}, [](const Finding *f) {
        return f->verdict == Verdict::Fail   ? 0
            : f->verdict == Verdict::Unknown ? 1
            : f->verdict == Verdict::Warn    ? 2
                                             : 3;
    });
    return shown;
}

QMap<QString, int> evidenceNumbers(const Evidence &evidence)
{
    QMap<QString, int> numbers;
    int number = 0;
    for (const SourceFile &file : evidence.files)
        numbers.insert(file.path, ++number);
    return numbers;
}

QString placeOf(const QMap<QString, int> &numbers, const QString &file, const Span &span)
{
    if (file.isEmpty())
        return {};
    QString text = file.section(u'/', -1);
    if (span.isValid())
        text += QStringLiteral(":%1").arg(span.line);
    if (span.isValid() && span.endLine > span.line)
        text += QStringLiteral("–%1").arg(span.endLine);
    if (const int number = numbers.value(file))
        text += QStringLiteral(" [E%1]").arg(number);
    return text;
}

} // namespace tenken
