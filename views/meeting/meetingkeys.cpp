// SPDX-FileCopyrightText: 2026 The Tenken authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <meeting/meetingkeys.h>

namespace tenken {

const std::vector<MeetingKey> &meetingKeyList()
{
    using K = MeetingKey::Kind;
    static const std::vector<MeetingKey> keys{
        {{"A"}, {"承認", "Accept"}, {"承認します", "Accept"}, Glyph::Pass, K::Decide, 1},
        {{"R"}, {"差し戻し", "Reject"}, {"差し戻します", "Reject"}, Glyph::Reject, K::Decide, 1},
        {{"W"}, {"免除", "Waive"}, {"免除します(理由、代替策、承認、期限)", "Waive: reason, control, approver, expiry"}, Glyph::Waive, K::Decide, 1},
        {{"Q"}, {"質問", "Ask"}, {"質問として残します", "Leave it as a question"}, Glyph::Ask, K::Decide, 1},
        {{"S"}, {"後で", "Later"}, {"後に回します。最後にもう一度出ます", "Put it off; it comes again at the end"}, {}, K::Say, 2},
        {{"D"}, {"異論", "Dissent"}, {"異論を名前つきで書きます", "Write down a dissent, by name"}, {}, K::Say, 2},
        {{"N"}, {"メモ", "Note"}, {"レビュアーのメモを書きます", "Write the reviewer's note"}, {}, K::Say, 3},
        {{"F"}, {"対応", "Action"}, {"対応を書きます(担当、期日)", "Write an action: owner, due date"}, {}, K::Say, 3},
        {{"U"}, {"取り消し", "Undo"}, {"この会議の一つ前に戻します。Shift+U でやり直し", "Take back the last step; Shift+U does it again"}, {}, K::Say, 0},
        {{"E"}, {"証拠", "Evidence"}, {"証拠を全画面で見ます", "Evidence on the whole screen"}, {}, K::Look, 2},
        {{"[", "]"}, {"所見", "Finding"}, {"証拠の中で、前と次の所見", "In the evidence: previous, next finding"}, {}, K::Look, 0},
        {{"I"}, {"指針", "Guide"}, {"指針と見るもの(進行役のメモ)", "What good looks like, what to look at"}, {}, K::Look, 4},
        {{"G"}, {"議題", "Agenda"}, {"議題の一覧。↑ ↓ ← → と Enter で選びます", "The agenda; ↑ ↓ ← → and Enter choose"}, {}, K::Look, 4},
        {{"←", "→"}, {"前後", "Move"}, {"前と次の項目(Space も次へ)", "Previous, next item (Space too)"}, {}, K::Move, 1},
        {{"Home", "End"}, {"端", "Ends"}, {"最初の議題、まとめ", "First item, summary"}, {}, K::Move, 0},
        {{"T"}, {"時計", "Clock"}, {"時計を止めます、動かします", "Stop and start the clock"}, {}, K::Room, 0},
        {{"P"}, {"参加者", "People"}, {"参加者を書き直します", "Change who is here"}, {}, K::Room, 0},
        {{"+", "−"}, {"文字", "Text"}, {"文字の大きさ(0 で元に戻します)", "Text size (0 resets it)"}, {}, K::Room, 0},
        {{"L"}, {"言語", "Language"}, {"日本語と英語を切り替えます", "Japanese or English"}, {}, K::Room, 0},
        {{"B"}, {"暗転", "Blank"}, {"画面を暗くします。どのキーでも戻ります", "Blank the screen; any key brings it back"}, {}, K::Room, 0},
        {{"?"}, {"一覧", "Keys"}, {"キーの一覧", "All keys"}, {}, K::Room, 1},
        {{"Esc"}, {"出る", "Leave"}, {"窓に戻ります。何も失いません", "Back to the window; nothing is lost"}, {}, K::Room, 0},
    };
    return keys;
}

Text label(MeetingKey::Kind kind)
{
    switch (kind) {
    case MeetingKey::Kind::Decide: return {"決める", "Decide"};
    case MeetingKey::Kind::Say: return {"書く", "Write"};
    case MeetingKey::Kind::Look: return {"見る", "Look"};
    case MeetingKey::Kind::Move: return {"動く", "Move"};
    case MeetingKey::Kind::Room: break;
    }
    return {"会議", "Meeting"};
}

} // namespace tenken
