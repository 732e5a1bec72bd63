"""What the synthesized voices say: everyday drama talk, written for this purpose.

The two halves of the evaluation share neither sentences nor voices. A voice is (program, name, language);
an espeak-ng name may carry a variant after "+", which is another speaker of the same language.
"""

SENTENCES = {
    "development": {
        "en": (
            "You said you would be home by seven. It is almost midnight.",
            "I didn't open the letter. I didn't have to, I knew the handwriting.",
            "Put the kettle on and tell me everything, from the beginning.",
            "The train leaves in ten minutes and you haven't even packed.",
            "She never sold the house. She only told us that she did.",
            "If my father asks, we were at the library until it closed.",
            "There is a man at the door, and he says he is your brother.",
            "We can't keep meeting here, somebody is going to notice.",
            "I found this key in his coat. Do you know what it opens?",
            "Don't thank me yet. You haven't heard what it costs.",
            "Every summer you promise me the sea, and every summer we stay.",
            "The doctor called twice. Please, call her back before you eat.",
        ),
        "ko": (
            "어제 왜 전화를 안 받았어? 한참 기다렸잖아.",
            "비가 오니까 우산 꼭 챙겨서 나가.",
            "그 사람은 이미 서울을 떠났다고 들었어요.",
            "나는 괜찮아. 그러니까 이제 그만 울어.",
            "우리 내일 아침에 다시 이야기하자.",
            "사장님, 계약서에 문제가 하나 있습니다.",
            "엄마한테는 아직 말하지 마, 부탁이야.",
            "십 년 전에도 바로 이 자리에서 만났지.",
            "밥은 먹고 다니는 거야? 얼굴이 많이 상했네.",
            "정말 미안해. 내가 먼저 말했어야 했는데.",
        ),
        "de": (
            "Du hast den Schlüssel wieder draußen stecken lassen.",
            "Ich glaube dir kein Wort, aber ich höre dir gern zu.",
            "Morgen fährt kein Bus, wir müssen zu Fuß gehen.",
            "Sag ihm, dass ich angerufen habe, mehr nicht.",
            "Seit der Hochzeit hat sie nicht mehr mit uns gesprochen.",
            "Das Fenster war offen, und auf dem Tisch lag ein Zettel.",
        ),
        "it": (
            "Non dovevi venire qui, te lo avevo chiesto per favore.",
            "La nonna ha nascosto le lettere dietro lo specchio.",
            "Se parti adesso, arrivi prima che faccia buio.",
            "Ho sognato la vecchia casa, con tutte le luci accese.",
            "Nessuno ti obbliga a restare, ma io spero che tu resti.",
        ),
    },
    "held-back": {
        "en": (
            "We buried the dog under the apple tree, don't you remember?",
            "Your coffee is getting cold, and so is your story.",
            "He paid in cash and asked for a room without a window.",
            "I have been a nurse for twenty years, I know that look.",
            "Nobody leaves this office until I find the missing page.",
            "It was only a small lie, and it kept us warm all winter.",
            "Turn around slowly. Now, do you see the light on the hill?",
            "My sister gets the piano and I get the debts, is that it?",
            "They have changed the locks again. What did you tell them?",
            "Let me carry that, you are still limping from the fall.",
            "The last time I wore this dress, you danced with somebody else.",
            "Listen, the neighbours are shouting at each other again.",
        ),
        "ja": (
            "昨日の夜、どこにいたのか教えてください。",
            "雨がやんだら、駅まで一緒に歩きましょう。",
            "その写真は、まだ捨てないでほしいんだ。",
            "お父さんには、私から話しておきます。",
            "もう遅いから、今日はここまでにしよう。",
            "あの店は、先月で閉まってしまったそうです。",
            "心配しないで。明日になればきっと分かるから。",
            "どうして何も言わずに出て行ったの。",
            "社長がお呼びです。すぐに来てください。",
            "子供のころ、この川でよく遊びました。",
        ),
        "pt": (
            "A chave está debaixo do vaso, como sempre esteve.",
            "Ninguém me avisou que o casamento era hoje.",
            "Fica mais um pouco, a chuva ainda não passou.",
            "Ele voltou da guerra e não disse uma palavra.",
            "Eu guardei o teu lugar à mesa todos os domingos.",
            "O navio parte de madrugada, com ou sem nós.",
        ),
        "pl": (
            "Nie mów nic mamie, dopóki nie wrócimy do domu.",
            "Ten pociąg już dawno odjechał, proszę pana.",
            "Znalazłam twój list w starej walizce na strychu.",
            "Zawsze tak mówisz, a potem robisz po swojemu.",
            "Jutro rano wszystko ci wytłumaczę, obiecuję.",
        ),
    },
}

SENTENCES["demonstration"] = SENTENCES["development"]

VOICES = {
    "development": (
        ("espeak-ng", "en-us", "en"), ("espeak-ng", "en-us+f3", "en"), ("flite", "slt", "en"),
        ("flite", "awb", "en"), ("espeak-ng", "ko", "ko"), ("espeak-ng", "ko+f2", "ko"),
        ("espeak-ng", "de", "de"), ("espeak-ng", "de+f4", "de"), ("espeak-ng", "it", "it"),
        ("espeak-ng", "it+f1", "it"),
    ),
    "held-back": (
        ("espeak-ng", "en-gb-x-rp", "en"), ("espeak-ng", "en-gb-scotland+f5", "en"), ("flite", "rms", "en"),
        ("flite", "kal16", "en"), ("espeak-ng", "ja", "ja"), ("espeak-ng", "ja+f2", "ja"),
        ("espeak-ng", "pt-br", "pt"), ("espeak-ng", "pt+f4", "pt"), ("espeak-ng", "pl", "pl"),
        ("espeak-ng", "pl+f1", "pl"),
    ),
}

VOICES["demonstration"] = VOICES["development"]

# Real voices by the language of their prompts; Spanish is heard only in the held-back half.
# The demonstration does without them: they would be one more download.
REAL_VOICES = {"development": ("fr",), "held-back": ("es", "ru"), "demonstration": ()}
