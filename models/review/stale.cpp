// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <review/stale.h>

#include <evidence/sourcelines.h>
#include <review/changessince.h>
#include <review/relied.h>

#include <algorithm>
#include <expected>
#include <functional>

namespace tenken {

namespace {

bool isManifest(const QString &file, const Assessment &assessment)
{
    const auto &manifests = assessment.sources->evidence().manifests;
    return manifests && manifests->fileOf(file);
}

void addQuestion(std::vector<StaleReason> &reasons, const Item &item, const AnswerBasis &basis,
                 const QString &version, const Checklist &checklist)
{
    StaleReason reason{StaleReason::Cause::Question,
                       {"回答のあとで、問いが変わりました", "what is asked changed since the answer"}};
    // An answer that names the version it was given to, or not even that: the change log says whether the item asks
    // something else.
    const QString named = checklist.id + u' ';
    const bool namesVersion = basis.asked.startsWith(named);
    if (!basis.asked.isEmpty() && !namesVersion) {
        if (basis.asked != questionDigest(item))
            reasons.push_back(reason);
        return;
    }
    const QString answeredVersion = namesVersion ? basis.asked.sliced(named.size()) : version;
    const ChangesSince since = changesSince(answeredVersion, checklist);
    if (!since.known) {
        reason.words = answeredVersion.isEmpty() || answeredVersion == noVersion
            ? Text{"どの版への回答か分かりません", "nobody can tell which version it answers"}
            : Text{"版 %1 から今の版までに何が変わったか、分かりません",
                   "nobody can tell what changed since version %1"}.arg(answeredVersion);
        reasons.push_back(reason);
    }
    for (const ChecklistChange *change : since.changes) {
        if (!change->items.contains(item.id))
            continue;
        reason.words = Text{"版 %1 で、問いが変わりました", "what is asked changed in version %1"}.arg(change->version);
        reasons.push_back(reason);
        return;
    }
}

void addAge(std::vector<StaleReason> &reasons, const Item &item, const AnswerBasis &basis, const QDate &today)
{
    // It would never age. A day is left to clocks and zones.
    if (today.isValid() && basis.at.isValid() && basis.at.date() > today.addDays(1)) {
        reasons.push_back({StaleReason::Cause::Age,
                           Text{"回答の日付が未来です(%1)", "dated in the future (%1)"}.arg(
                               basis.at.date().toString(Qt::ISODate))});
        return;
    }
    if (!item.validFor || !today.isValid())
        return;
    const QDate given = basis.at.date();
    if (!given.isValid())
        reasons.push_back({StaleReason::Cause::Age,
                           {"回答の日時がなく、いつのものか分かりません",
                            "the answer has no date, so nobody can tell how old it is"}});
    else if (item.validFor->lastDay(given) < today)
        reasons.push_back({StaleReason::Cause::Age,
                           Text{"%1 日前の回答です(有効期間は %2)", "the answer is %1 days old (valid for %2)"}.arg(
                               given.daysTo(today), item.validFor->words())});
}

/// Lines of a file, or all of it.
struct Lines {
    QString path;
    int first = 0, last = 0; ///< 0: the file as a whole

    bool hold(const Finding &finding) const
    {
        const Span &span = finding.span;
        return path == finding.file
            && (first < 1 || (span.isValid() && first <= span.line && std::max(span.line, span.endLine) <= last));
    }
};

/// Lines that moved are found again where the item's findings speak of the same lines today: each of them
/// once.
class Present
{
public:
    Present(const Item &item, const ItemResult *result, const AnswerBasis &basis,
            const Assessment &assessment)
        : m_assessment(assessment), m_entries(reliedNow(item, result, basis.links, assessment))
    {
    }

    std::optional<Lines> takes(const Relied &relied)
    {
        const auto same = [&](const Relied &now) {
            return now.path == relied.path && !now.lines.isEmpty() && now.lines == relied.lines;
        };
        const auto here = [&](const Relied &now) { return same(now) && now.first == relied.first; };
        auto found = std::ranges::find_if(m_entries, here);
        if (found == m_entries.end() && standsThere(relied))
            return Lines{relied.path, relied.first, relied.last};
        if (found == m_entries.end())
            found = std::ranges::find_if(m_entries, same);
        if (found == m_entries.end())
            return {};
        const Lines lines{found->path, found->first, found->last};
        m_entries.erase(found);
        return lines;
    }

private:
    bool standsThere(const Relied &relied) const
    {
        return !relied.lines.isEmpty()
            && m_assessment.sources->linesDigest(relied.path, relied.first, relied.last)
                   .startsWith(relied.lines);
    }

    const Assessment &m_assessment;
    std::vector<Relied> m_entries;
};

/// What changed, or where it stands now.
using Found = std::expected<Lines, Text>;

Found foundNow(const Relied &relied, const Assessment &assessment,
               const std::function<std::optional<Lines>(const Relied &)> &present)
{
    const SourceLines &sources = *assessment.sources;
    if (relied.file.isEmpty())
        return std::unexpected(Text{"「%1」は読めない記録です", "\"%1\" cannot be read"}.arg(relied.path.left(60)));
    const Lines as{relied.path, relied.first, relied.last};
    if (relied.path == everyFile) {
        if (sources.evidence().digest().startsWith(relied.file))
            return as;
        return std::unexpected(Text{"証拠のファイルが変わりました", "files of the evidence changed"});
    }
    const QByteArray now = sources.fileDigest(relied.path);
    if (now.startsWith(relied.file))
        return as;
    const auto moved = now.isEmpty() ? std::nullopt : present(relied);
    if (moved)
        return *moved;
    const QString place = placeOf(relied);
    return std::unexpected(now.isEmpty()
                               ? Text{"%1 は、もう証拠にありません", "%1 is no longer among the evidence"}.arg(place)
                               : Text{"%1 が変わりました", "%1 changed"}.arg(place));
}

/// What the item asks of people now, at a place that the answer did not rest on: nobody answered to that.
void addUnseen(std::vector<StaleReason> &reasons, const ItemResult *result, const std::vector<Lines> &seen,
               const Assessment &assessment)
{
    const auto isAll = [](const Lines &lines) { return lines.path == everyFile; };
    if (!result || std::ranges::any_of(seen, isAll))
        return;
    for (const Finding &f : result->findings) {
        const bool unmet = f.verdict == Verdict::Fail || f.verdict == Verdict::Unknown;
        if (!unmet || f.waived || f.file.isEmpty() || assessment.sources->fileDigest(f.file).isEmpty()
            || std::ranges::any_of(seen, [&](const Lines &lines) { return lines.hold(f); }))
            continue;
        const bool lines = f.span.isValid();
        const Relied place{f.file, lines ? f.span.line : 0, lines ? std::max(f.span.line, f.span.endLine) : 0, {}, {}};
        reasons.push_back({StaleReason::Cause::Evidence,
                           Text{"回答のときにはなかった所見があります(%1)", "there are findings that it did not know (%1)"}.arg(
                               placeOf(place))});
        return;
    }
}

void addChanges(std::vector<StaleReason> &reasons, const Item &item, const ItemResult *result,
                const AnswerBasis &basis, const Assessment &assessment)
{
    const bool loadTests = restsOnLoadTests(item);
    std::optional<Present> present; // few answers need it
    const auto isPresent = [&](const Relied &relied) {
        if (!present)
            present.emplace(item, result, basis, assessment);
        return present->takes(relied);
    };
    std::vector<Lines> seen;
    bool changed = false;
    for (const Relied &relied : *basis.relied) {
        const Found found = foundNow(relied, assessment, isPresent);
        if (found) {
            seen.push_back(*found);
            continue;
        }
        changed = true;
        Text change = found.error();
        const bool otherManifest = loadTests && isManifest(relied.path, assessment);
        if (otherManifest)
            change = Text{"負荷試験は別のマニフェストで走りました(%1)",
                          "the load test ran on another manifest (%1)"}
                         .arg(change);
        reasons.push_back({otherManifest ? StaleReason::Cause::OtherManifest : StaleReason::Cause::Evidence,
                           change, relied, basis.commit});
    }
    if (!changed && !seen.empty()) // what changed is said, and enough
        addUnseen(reasons, result, seen, assessment);
}

} // namespace

std::vector<StaleReason> staleReasons(const Item &item, const ItemResult *result, const AnswerBasis &basis,
                                      const StaleContext &context)
{
    std::vector<StaleReason> reasons;
    addQuestion(reasons, item, basis, context.answeredVersion, context.checklist);
    if (context.assessment.sources && basis.relied)
        addChanges(reasons, item, result, basis, context.assessment);
    addAge(reasons, item, basis, context.today);
    return reasons;
}

} // namespace tenken
