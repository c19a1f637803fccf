// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <signoff/verifyparts.h>

#include <algorithm>
#include <numeric>

namespace tenken {

namespace {

void add(Verification &v, const char *id, CheckState state, const Text &title, const Text &words)
{
    v.checks.push_back({QString::fromLatin1(id), state, title, words});
}

/// A person's last word in a role is the one that counts.
void supersede(std::vector<Signing> &signings)
{
    for (Signing &s : signings) {
        s.superseded = std::ranges::any_of(signings, [&](const Signing &other) {
            return other.known && s.known && other.statement.role == s.statement.role
                && other.statement.identity.compare(s.statement.identity, Qt::CaseInsensitive) == 0
                && other.statement.signedAt > s.statement.signedAt;
        });
    }
    for (Signing &s : signings) {
        if (!s.superseded)
            continue;
        s.counts = false;
        s.words = {"同じ人が、後から同じ役割で署名し直しています。", "The same person signed again later, in the same role."};
    }
}

std::vector<const Signing *> countingIn(const Verification &v, const QString &role)
{
    std::vector<const Signing *> found;
    for (const Signing &s : v.signings) {
        if (s.counts && (role.isEmpty() || s.statement.role == role))
            found.push_back(&s);
    }
    return found;
}

/// Who asks for what the document does not ask for itself.
Text askedBy(const Policy &policy, const Text &what)
{
    if (policy.file.isEmpty())
        return Text{"%1 は Tenken の既定です(方針のファイルを --policy で渡せば、そちらに従います)。",
                    "%1: Tenken's default asks for it, not the document (a policy file, --policy FILE, "
                    "replaces it)."}
            .arg(what);
    return Text{"%1 は方針 %2 によります。", "%1: the policy %2 asks for it, not the document."}.arg(
        what, policy.file);
}

void checkRoles(Verification &v, const SignOffRule &rule, const Policy &policy)
{
    QStringList ja, en, elseJa, elseEn;
    for (const SignOffRole &role : rule.roles) {
        const auto signings = countingIn(v, role.role);
        const int people = differentPeople(signings);
        if (people >= role.people)
            continue;
        const QString count =
            role.people > 1 ? QStringLiteral(" %1/%2").arg(people).arg(role.people) : QString();
        ja << role.title.ja + count;
        en << role.title.en + count;
        const SignOffRole *own = v.frozen ? v.frozen->rule.role(role.role) : nullptr;
        if (own && own->people >= role.people)
            continue;
        elseJa << role.title.ja;
        elseEn << role.title.en;
    }
    const Text title{"役割", "Roles"};
    if (ja.isEmpty())
        add(v, "roles", CheckState::Ok, title,
            {"求められた役割の署名がそろっています。", "Every role that is asked for has signed."});
    else
        add(v, "roles", CheckState::Bad, title,
            Text{"署名が足りません: %1。%2", "Signatures are missing: %1. %2"}.arg(
                Text{ja.join(QStringLiteral("、")), en.join(QStringLiteral(", "))},
                elseJa.isEmpty()
                    ? Text{"文書が求めています。", "The document asks for them."}
                    : askedBy(policy, {elseJa.join(QStringLiteral("、")), elseEn.join(QStringLiteral(", "))})));
}

Text approvalWords(const Verification &v, const QString &waived)
{
    const Text words = waived.isEmpty()
        ? Text{"全員が承認しています。", "Everybody approved."}
        : Text{"承認です(免除つき: %1)。", "Approved; with waivers by: %1."}.arg(waived);
    const Text ruling = v.says.ruling();
    if (ruling.isEmpty())
        return words;
    const Text says = Text{v.says.saysNoGo() ? "ただし、レビューの判定は %1 です。" : "レビューの判定は %1 です。",
                           " The review itself says %1."}
                          .arg(ruling);
    return {words.ja + says.ja, words.en + says.en};
}

void checkDecision(Verification &v)
{
    const Text title{"判断", "Decision"};
    QStringList rejected, waived;
    for (const Signing &s : v.signings) {
        // A person who is known and says no is heard, in whatever role.
        if (s.known && !s.superseded && s.statement.decision == SignDecision::Rejected)
            rejected << s.statement.identity
                    + (s.counts ? QString() : QStringLiteral(" (%1)").arg(s.statement.role));
        else if (s.counts && s.statement.decision == SignDecision::ApprovedWithWaivers)
            waived << s.statement.identity;
    }
    if (!rejected.isEmpty())
        add(v, "decision", CheckState::Bad, title,
            Text{"差し戻しの署名です: %1", "Rejected by: %1"}.arg(rejected.join(QStringLiteral(", "))));
    else if (countingIn(v, {}).empty())
        add(v, "decision", CheckState::Bad, title, {"数えられる判断がありません。", "There is no decision that counts."});
    else
        add(v, "decision", CheckState::Ok, title,
            approvalWords(v, waived.join(QStringLiteral(", "))));
}

/// The roles of a policy are where its people have to be: a role that only the document names could be held by
/// anybody whose key is known.
void checkPeople(Verification &v, const Policy &policy, int asked)
{
    const Text title{"異なる人", "Different people"};
    const int people = differentPeople(countingIn(v, {}));
    if (people < asked)
        return add(v, "people", CheckState::Bad, title,
                   Text{"%2 人が必要ですが、%1 人しか署名していません。同じ鍵は同じ人と数えます。",
                        "%2 people are asked for, %1 signed. The same key counts as the same person."}
                       .arg(people, asked));
    auto own = countingIn(v, {});
    std::erase_if(own, [&](const Signing *s) { return !policy.rule.role(s->statement.role); });
    if (const int inPolicy = differentPeople(own); !policy.file.isEmpty() && inPolicy < policy.rule.people)
        return add(v, "people", CheckState::Bad, title,
                   Text{"方針の役割では %2 人が必要ですが、%1 "
                        "人しか署名していません。文書だけが求める役割の人は数えません。",
                        "In the policy's roles %2 people are asked for, %1 signed. Whoever signed in a role that "
                        "only the document names does not count."}
                       .arg(inPolicy, policy.rule.people));
    add(v, "people", CheckState::Ok, title, Text{"%1 人が署名しています。", "%1 people signed."}.arg(people));
}

void tellPolicy(Verification &v, const VerifyOptions &options)
{
    const Text title{"検証の方針", "Policy"};
    if (options.policy.file.isEmpty()) {
        add(v, "policy", CheckState::NotAsked, title,
            {"方針のファイルがないので、Tenken の既定の役割と文書の求める役割を確かめます。知っている鍵なら誰でも、"
             "どの役割でも署名できます。",
             "No policy file was given: Tenken's default roles and the document's are asked for, and anybody "
             "whose key is known may sign in any role."});
        return;
    }
    const bool other = std::ranges::any_of(v.signings, [&](const Signing &s) {
        const Subject *named = s.statement.find(subject::policy);
        return named && named->digest != options.policy.digest;
    });
    add(v, "policy", CheckState::Ok, title,
        other ? Text{"署名した人は別の方針を見ていました。%1 で判断しました。",
                     "Signers looked at another policy; %1 decided."}
                    .arg(options.policy.file)
              : Text{"%1 で判断しました。", "%1 decided."}.arg(options.policy.file));
}

} // namespace

int differentPeople(const std::vector<const Signing *> &signings)
{
    std::vector<size_t> person(signings.size());
    std::iota(person.begin(), person.end(), size_t(0));
    for (size_t i = 0; i < signings.size(); ++i) {
        for (size_t j = 0; j < i; ++j) {
            const bool same =
                signings[i]->statement.identity.compare(signings[j]->statement.identity, Qt::CaseInsensitive)
                    == 0
                || signings[i]->signature.fingerprint == signings[j]->signature.fingerprint;
            if (same)
                std::ranges::replace(person, size_t(person[i]), size_t(person[j]));
        }
    }
    std::ranges::sort(person);
    return int(std::ranges::distance(person.begin(), std::ranges::unique(person).begin()));
}

void checkPolicy(Verification &v, const VerifyOptions &options)
{
    const SignOffRule rule = stricterOf(options.policy.rule, v.frozen ? v.frozen->rule : SignOffRule());
    for (Signing &s : v.signings) {
        // Whoever may sign in no role could stand in for a person in one that nobody asked for.
        if (s.counts && !rule.role(s.statement.role)) {
            s.counts = false;
            s.words = Text{"「%1」という役割は求められていません。", "Nobody asks for the role \"%1\"."}.arg(s.statement.role);
        }
        if (!s.counts || options.policy.maySign(s.statement.role, s.statement.identity))
            continue;
        s.counts = false;
        s.words =
            Text{"方針では、%1 はこの役割で署名できません。", "By the policy %1 may not sign in this role."}
                .arg(s.statement.identity);
    }
    supersede(v.signings);
    tellPolicy(v, options);
    checkRoles(v, rule, options.policy);
    checkPeople(v, options.policy, rule.people);
    checkDecision(v);
}

void checkVersion(Verification &v, const VerifyOptions &options)
{
    const Text title{"リリースする版", "The version to release"};
    if (options.version.isEmpty())
        return add(v, "version", CheckState::NotAsked, title,
                   v.frozen && v.signings.empty()
                       ? Text{"%1 のレビューです。", "The review is of %1."}.arg(v.frozen->version)
                   : v.frozen
                       ? Text{"署名は %1 に対するものです。", "It was signed for %1."}.arg(v.frozen->version)
                       : Text{"版が書かれていません。", "No version is given."});
    const QString commit = v.frozen ? QString::fromLatin1(v.frozen->commit) : QString();
    if (v.signings.empty())
        return add(v, "version", CheckState::Bad, title,
                   Text{"%1 のために署名した人はいません。", "Nobody signed for %1."}.arg(options.version));
    const bool same = v.frozen
        && (v.frozen->version == options.version
            || (options.version.size() >= 7 && commit.startsWith(options.version, Qt::CaseInsensitive)));
    add(v, "version", same ? CheckState::Ok : CheckState::Bad, title,
        same ? Text{"%1 のための署名です。", "It was signed for %1."}.arg(options.version)
             : Text{"%1 のための署名です。%2 には使えません。", "It was signed for %1, not for %2."}.arg(
                 v.frozen ? v.frozen->version : QStringLiteral("–"), options.version));
}

void checkService(Verification &v, const VerifyOptions &options)
{
    if (options.service.isEmpty())
        return;
    const QString named = v.frozen ? v.frozen->service : QStringLiteral("–");
    const bool same = !v.signings.empty() && v.frozen && named == options.service;
    v.checks.push_back(
        {QStringLiteral("service"),
         same ? CheckState::Ok : CheckState::Bad,
         {"リリースするサービス", "The service to release"},
         same ? Text{"%1 のための署名です。", "It was signed for %1."}.arg(named)
              : Text{"%1 のレビューです。%2 には使えません。", "The review is of %1, not of %2."}.arg(named, options.service)});
}

void checkStage(Verification &v, const VerifyOptions &options)
{
    if (options.stage.isEmpty())
        return;
    const QString applied = v.says.stage.isEmpty() ? QStringLiteral("–") : v.says.stage;
    const qsizetype asked = v.says.stages.indexOf(options.stage), signedFor = v.says.stages.indexOf(v.says.stage);
    // A stage needs what those before it need.
    const bool covered = !v.signings.empty() && !v.says.stage.isEmpty() && asked >= 0 && asked <= signedFor;
    v.checks.push_back({QStringLiteral("stage"),
                        covered ? CheckState::Ok : CheckState::Bad,
                        {"進む段階", "The stage to enter"},
                        covered ? Text{"段階 %1 までのための署名です。", "It was signed for stages up to %1."}.arg(applied)
                                : Text{"段階 %1 のための署名です。%2 には使えません。",
                                       "It was signed for the stage %1, not for %2."}
                                      .arg(applied, options.stage)});
}

void checkValidity(Verification &v, const VerifyOptions &options)
{
    const Text title{"有効期間", "Validity"};
    if (!v.frozen)
        return;
    const QDate today = options.now.toLocalTime().date();
    QDate until = v.frozen->validUntil;
    Text because = v.frozen->validBecause;
    if (options.policy.maxAgeDays > 0) {
        const QDate byPolicy = v.frozen->judgedAt.date().addDays(options.policy.maxAgeDays);
        if (byPolicy < until) {
            until = byPolicy;
            because = options.policy.file.isEmpty() && options.policy.maxAgeDays == builtinPolicy().maxAgeDays
                ? Text{"Tenken の既定。方針のファイルを --policy で渡せば、その max-age-days に従います",
                       "Tenken's default; max-age-days of a policy file, --policy FILE, replaces it"}
                : Text{"検証の方針", "the policy"};
        }
    }
    const QString day = until.toString(Qt::ISODate);
    if (today > until)
        return add(v, "validity", CheckState::Changed, title,
                   Text{"%1 で終わりました(%2)。", "It ended on %1 (%2)."}.arg(day, because));
    add(v, "validity", CheckState::Ok, title,
        Text{"%1 まで有効です(%2)。", "It is valid until %1 (%2)."}.arg(day, because));
}

} // namespace tenken
