// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <evidence/testrecord.h>

#include <algorithm>

namespace tenken
{

bool TestField::isOf(const QString &kind) const
{
    const QString all = QString::fromLatin1(kinds);
    return all.isEmpty() || all.split(u' ').contains(kind);
}

QString TestField::key() const
{
    return QString::fromLatin1(path).section(u'.', -1);
}

QString TestField::answerExample() const
{
    return QString::fromUtf8(example).section(QStringLiteral(": "), 1);
}

std::span<const TestKind> testKinds()
{
    static const std::vector<TestKind> kinds = {
        {"zone-loss", {"ゾーンの喪失", "Zone loss"}},
        {"zone-return", {"ゾーンの復帰", "Zone return"}},
        {"dependency-down", {"依存先の停止", "Dependency down"}},
        {"dependency-return", {"依存先の復帰", "Dependency return"}},
        {"rollout-under-load", {"負荷をかけた配備", "Roll-out under load"}},
        {"liveness", {"liveness の応答", "Liveness answers"}},
        {"readiness", {"readiness の応答", "Readiness answers"}},
        {"smoke", {"動作確認", "Smoke run"}},
    };
    return kinds;
}

Text titleOfTest(const QString &kind)
{
    const auto it = std::ranges::find_if(testKinds(), [&](const TestKind &k) { return kind == QLatin1StringView(k.name); });
    return it == testKinds().end() ? sameText(kind) : it->title;
}

std::span<const SmokeError> smokeErrors()
{
    static const std::vector<SmokeError> errors = {
        {"refused", {"接続を断られました", "the connection was refused"}},
        {"dns", {"ホストの名前を引けませんでした", "the host's name could not be resolved"}},
        {"timeout", {"時間内に応答がありませんでした", "there was no answer in time"}},
        {"tls", {"TLS の接続ができませんでした", "no TLS connection could be made"}},
        {"connection", {"接続が切れました", "the connection broke"}},
        {"proxy", {"プロキシを通れませんでした", "the proxy did not let it through"}},
        {"redirect", {"転送先へは送れません", "it was redirected where nothing may be sent"}},
        {"body", {"本文が求めたものと違います", "the body is not the wanted one"}},
        {"too-large", {"本文が 1 MiB を超えました", "the body is larger than 1 MiB"}},
        {"pattern", {"正規表現の照合が上限に達しました", "matching the pattern took more steps than allowed"}},
        {"variable", {"環境変数がありません", "an environment variable is not set"}},
        {"not-sent", {"送っていません", "it was not sent"}},
    };
    return errors;
}

Text titleOfSmokeError(const QString &name)
{
    const auto it = std::ranges::find_if(smokeErrors(), [&](const SmokeError &e) { return name == QLatin1StringView(e.name); });
    return it == smokeErrors().end() ? sameText(name) : it->what;
}

// In the order in which people are asked.
std::span<const TestField> testFields()
{
    using Type = TestField::Type;
    static const std::vector<TestField> fields = {
        {"environment", Type::Word, {"環境", "Environment"}, "environment: staging", "", true},
        {"started", Type::Time, {"始めた日時", "Started"}, "started: 2026-11-05T14:00:00+09:00", "", true},
        {"duration", Type::Seconds, {"続けた秒数", "Duration in seconds"}, "duration: 900",
         "zone-loss zone-return dependency-down dependency-return rollout-under-load", true},
        {"who", Type::Word, {"行った人", "Who did it"}, "who: 佐藤", "", true},
        {"image", Type::Word, {"動いていたイメージ", "Image that ran"}, "image: registry.example/id-auth:1.42.0", "", false},
        {"commit", Type::Word, {"コミット (イメージの代わり)", "Commit (instead of the image)"}, "commit: 4f1c9e2", "", false},
        {"pods", Type::Count, {"Pod の数", "Number of Pods"}, "pods: 6", "", true},
        {"limits", Type::Limits, {"Pod の limits", "Limits of the Pods"}, "limits: {cpu: \"2\", memory: 1Gi}", "", true},
        {"during", Type::Word, {"その間に行ったこと", "What was done meanwhile"}, "during: k6, 200 req/s", "", true},
        {"loadtest", Type::Word, {"負荷試験の id", "Load test it belongs to (id)"}, "loadtest: 16pod-peak", "", false},
        {"outcome.zone", Type::Word, {"止めた (戻した) ゾーン", "Zone taken away (or brought back)"},
         "zone: ap-northeast-1a", "zone-loss zone-return", true},
        {"outcome.dependency", Type::Word, {"依存先の id", "Dependency (id)"}, "dependency: users-db",
         "dependency-down dependency-return", true},
        {"outcome.errors", Type::Count, {"その間の誤りの数", "Errors while it lasted"}, "errors: 0",
         "zone-loss dependency-down dependency-return rollout-under-load", true},
        {"outcome.recovery-seconds", Type::Seconds, {"元に戻るまでの秒数", "Seconds until back to normal"},
         "recovery-seconds: 45", "zone-loss zone-return dependency-return", true},
        {"outcome.pods-per-zone", Type::Counts, {"その後のゾーンごとの Pod の数", "Pods per zone afterwards"},
         "pods-per-zone: {a: 2, b: 2, c: 2}", "zone-return", true},
        {"outcome.contained", Type::YesNo, {"障害が広がらなかった", "The outage stayed contained"},
         "contained: true", "dependency-down", true},
        {"outcome.balanced", Type::YesNo, {"負荷が Pod の間で偏らない", "Load is even across Pods"},
         "balanced: true", "dependency-return", true},
        {"outcome.connections-renewed", Type::YesNo, {"接続が張り直された", "Connections were renewed"},
         "connections-renewed: true", "dependency-return", true},
        {"outcome.liveness", Type::Statuses, {"状態ごとの liveness の応答", "Liveness status by state"},
         "liveness: {normal: 200, users-db: 200}", "liveness dependency-down", false},
        {"outcome.readiness", Type::Statuses, {"状態ごとの readiness の応答", "Readiness status by state"},
         "readiness: {normal: 200, users-db: 503}", "readiness dependency-down", false},
        {"outcome.requests", Type::Smoke, {"要求ごとの応答", "Answers by request"},
         "requests: [{id: health, status: 200, milliseconds: 38, passed: true}]", "smoke", true},
        {"result", Type::PassFail, {"結果", "Result"}, "result: pass", "", true},
        {"links", Type::Links, {"リンク", "Links"}, "links: [\"https://wiki.example/tests/12\"]", "", true},
        {"notes", Type::Lines, {"覚え書き", "Notes"}, "notes: 手順どおり", "", false},
    };
    return fields;
}

} // namespace tenken
