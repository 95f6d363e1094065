/// QR texts signed by throw-away keys of `openssl ecparam -genkey` with `openssl dgst -sign`, over messages that a Python
/// script built element by element. What no receipt in public shows is covered by these.
enum SyntheticQR {
    struct Vector: Sendable {
        var name: String
        var curve: String
        var layout: String
        var form: String
        var serial: String
        var text: String
        var message: String
    }

    static let generalizedTime = Vector(
        name: "generalizedTime", curve: "secp256r1", layout: "A", form: "plain",
        serial: "2b449059f3e33aa26149f237e67daffc9166c7df9816e7d47e2a7611545b622a",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;128;255;2026-02-03T04:05:06.000Z;2\
            026-02-03T04:05:06.000Z;ecdsa-plain-SHA256;generalizedTime;dI+R7wJK2E0b2TpH4YAVPmqYJVnlISo/zzNuZSXCY\
            Q/4joq20pVHbem9DSnd4aqakB5FBqO2mttz1es1rKQ7HQ==;BIjp14sWgaL+bvyEmG4rOCwfrnJAp9ytnbJ0YIrBNZTQjz+Gk0DZ\
            YSq+WB96ayICvmTrU8IkLyvJwPmxPdHN3Zg=
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            02008004202b449059f3e33aa26149f237e67daffc9166c7df9816e7d47e2a7611545b622a300c060a04007f000701010401\
            03020200ff180f32303236303230333034303530365a
            """)

    static let brainpoolP512r1 = Vector(
        name: "brainpoolP512r1", curve: "brainpoolP512r1", layout: "A", form: "plain",
        serial: "ef6aae41cef9ec4a8a34bcc03661b0167e240d3dadf7132b373f49af594a0d66",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;225;32768;2026-02-03T04:05:06.000Z\
            ;2026-02-03T04:05:06.000Z;ecdsa-plain-SHA512;unixTime;Yr1yevmZI7K5RyRGhxM6tuewbOGsJnG3J0zN3kpOKuf5eH\
            uktCWIulw2f+whoXGQTycQt5GbDpOQW83dlyPJzGpUN8JjL9wJxSSiIIPtWBJGbTUbeDhaHRgFzrXgoVNnYWs4LWzCO5PXb2GMI4\
            59hc2Igxam2bAfZpv96nhgto8=;BFq9vIp/U77e1wJVLD4QT/NBmYwV/SjK+QW5R8ABpQBp/sIqL41qfXj3q/Kgox9EdK+Srx/AB\
            xyw6kMWyFL0fkiQwwzKqPICp3EbtVegRtnwGK3Jf/s19Oup5lIx7ZYexiqt5aiw173EmzIf3Cl4Ery+Eup2W+YEhfKX7eE8ZZt3
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            0200e10420ef6aae41cef9ec4a8a34bcc03661b0167e240d3dadf7132b373f49af594a0d66300c060a04007f000701010401\
            0502030080000204698173f2
            """)

    static let brainpoolP256r1InUTCTime = Vector(
        name: "brainpoolP256r1InUTCTime", curve: "brainpoolP256r1", layout: "A", form: "plain",
        serial: "7749faaef19176e4385cc4399235f1d764ea50d798455612fade50a567ce980f",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;2;2049-12-31T23:59:59.999Z;2049-\
            12-31T23:59:59.999Z;ecdsa-plain-SHA256;UTCTIME;CfPYYxq4DBzO+OGp3+pWeqaxSXmih03Q/cnf0Gu2oORYkgAtWztrK\
            bv0f+df+rqllHZFacO5tRI6kpMSlortcw==;BGgjBg8OdEPoR8hlyZMyjcztOZhn03x/oBJt8lXFmg/magYz0bOnqL4Fz4Tlae8t\
            hw0TF/jOFdcLkd2/WxTDdGQ=
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            010104207749faaef19176e4385cc4399235f1d764ea50d798455612fade50a567ce980f300c060a04007f00070101040103\
            020102170d3439313233313233353935395a
            """)

    static let twoChunks = Vector(
        name: "twoChunks", curve: "secp384r1", layout: "B", form: "plain",
        serial: "9aa2959ce0e7acfb2dce39fe686e8138e9d70184dcdcba72d1351fdad54942d5",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^17.67_38.71_0.00_0.00_0.00^56.38:Unbar;829153;1659992;2026-02-03T04:\
            05:06.000Z;2026-02-03T04:05:06.000Z;ecdsa-plain-SHA384;unixTime;LYF4WxSjTHSiScWsFZe5YWMCPJiihIOg1ikt\
            CU7A1L1+GylYtVXzMmhnyHQuBWdq09AOhn6EdEh9r1nSrQQOHZ9xPXPGr5S2ou71vb4zkFkk8M5m+iDeOk3hWStCQKXx;BD5Fwny\
            tPHi+ahGvXI+NMBB2JsH6GNllQ4t8Ci9ql8oEoFbC4JJYbViU8/8niL9U5Z7+iT1ULttHv3J5xm+OcaZ3TLFy661QDyujriUU5z0\
            N13C9GOgVAIyoS3CbxDcRrw==
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31a280042142656c65\
            675e31372e36375f33382e37315f302e30305f302e30305f302e30305e040b35362e33383a556e6261720000830e4b617373\
            656e62656c65672d563185030ca6e104209aa2959ce0e7acfb2dce39fe686e8138e9d70184dcdcba72d1351fdad54942d530\
            0c060a04007f0007010104010402031954580204698173f2
            """)

    static let oneChunk = Vector(
        name: "oneChunk", curve: "secp384r1", layout: "B", form: "plain",
        serial: "2da4ac3a37f8e7d1f27d2f73fbb26b0036b99ac2bf6425fddb64cfeeb281ed46",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;829153;1659992;2026-02-03T04:05:06\
            .000Z;2026-02-03T04:05:06.000Z;ecdsa-plain-SHA384;unixTime;Avjpl4ZvuAfQy8+K1ffNAw5vVoGOyQkIdkik20Md+\
            SncwoRjamO5qjooPeYLWXf9hZWU5LxS7pYBzEG/sLqEQRiljhuVffd8ko2ubYiIgT8sFoux7C/FhkhcL/FEonTg;MHYwEAYHKoZI\
            zj0CAQYFK4EEACIDYgAE4I3QJ/3su3dCX8Uv0QKyYUH9tliO+HHgwmXE274MFpxf1LO9WBWPqLiB3srgN6VC/1/cv+esh1j9jLJm\
            LRa/TRmpGguhohTc4TDGtopjl5/Pgo63kwtLYH4mq8SLwu3c
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31a280042742656c65\
            675e312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a4261720000830e4b617373656e62656c6567\
            2d563185030ca6e104202da4ac3a37f8e7d1f27d2f73fbb26b0036b99ac2bf6425fddb64cfeeb281ed46300c060a04007f00\
            07010104010402031954580204698173f2
            """)

    static let hexSignature = Vector(
        name: "hexSignature", curve: "secp256r1", layout: "A", form: "hex",
        serial: "4b66939451d2e3027def28cd8b3bb71ec4b1e9bb98cbccb8de9c5a60d129a7ac",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;9;10;2026-02-03T04:05:06.000Z;2026\
            -02-03T04:05:06.000Z;ecdsa-plain-SHA256;unixTime;6EC71DE4F7A7C7A9B2FCC86A0DE16416851D8ABAC62FB2EBE28\
            756091B041CEDD8D3A8BB43437FFC21148D7B4FA1B587BF9ED6816445B7AB2093106127E95DE7;BJzoPAHjKOqT1o5J+H5OCV\
            ypCiR6qkAFHRAFtfayFte/XCzqECeSnn3zZXbLtOHf5QvCOSeyHoWp+3XeN+Ynk1Y=
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            010904204b66939451d2e3027def28cd8b3bb71ec4b1e9bb98cbccb8de9c5a60d129a7ac300c060a04007f00070101040103\
            02010a0204698173f2
            """)

    static let hexSignature384 = Vector(
        name: "hexSignature384", curve: "brainpoolP384r1", layout: "A", form: "hex",
        serial: "303a61bbd979d1e2dbc2c2eea572f2142bd0d5b072110337cea60ab67346aee4",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;9;10;2026-02-03T04:05:06.000Z;2026\
            -02-03T04:05:06.000Z;ecdsa-plain-SHA384;unixTime;3F73DF0C4CEC6B29835DC94DC6B3845A7127B9D4E93B8BCA1F4\
            C4C929C6D71B77EB6280150B41CFCEF4102F4D54D227332A6EA1D4B52A3ED2DF1DDBA1DC896E7CB785F737E49BC37E921479\
            E104FD7F68D976B46D03A51F94CA326479B92782D;BBGt0KaS0kxWDl7wyIFZeWgC/J52KsHMCIpjEdTWjsWvy3X6dRQkDXGt7Q\
            ILsKjkgkUb/TtSQzBn6X48MO2jQuzRHWQbKepN7heJfcVEJ07t0aBZ/olEkV3gJwliSqQxmw==
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            01090420303a61bbd979d1e2dbc2c2eea572f2142bd0d5b072110337cea60ab67346aee4300c060a04007f00070101040104\
            02010a0204698173f2
            """)

    static let derSignature = Vector(
        name: "derSignature", curve: "brainpoolP384r1", layout: "A", form: "der",
        serial: "92546ebd9026b436904ae2ee0cf4a7357a67ffeee89d41e5cbe88376668714f7",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;9;10;2026-02-03T04:05:06.000Z;2026\
            -02-03T04:05:06.000Z;ecdsa-plain-SHA384;unixTime;MGQCME4UpoFQciEpySUwnmFJNGAcXbyROvrPURh8Kd3vfUcMzIZ\
            YORxQsXfktwZj0N8IbgIwXNln9TNPkKcjgn2xetu14J02Bb/xderaVqw+1ADKxEgJ4jggs5Saf+nuIVjXKZtS;BIS4M9AF8udZlc\
            e0rbAtzkKIw5E9NJwlwQecNqxNIF0llNTkvF5p1wtyFmmp2s3P6iIurkCSO11mU2B+w+RfrUkt4MITn8hhnQo/No8HPkHRnS8qQ7\
            o8WWU1FcLnI9uw5w==
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            0109042092546ebd9026b436904ae2ee0cf4a7357a67ffeee89d41e5cbe88376668714f7300c060a04007f00070101040104\
            02010a0204698173f2
            """)

    static let hashLongerThanOrder = Vector(
        name: "hashLongerThanOrder", curve: "secp256r1", layout: "A", form: "plain",
        serial: "e9eb71600027d955ca4258f5fc93cfa9b2f64f50c2328aeaf233f630e146d45a",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;9;10;2026-02-03T04:05:06.000Z;2026\
            -02-03T04:05:06.000Z;ecdsa-plain-SHA512;unixTime;KYjRobgKzvUv3RoJa/3YxDDBTMH1IF+TqZQaHee8oKkQ/1wh36P\
            FRy+xypNGMZ4a/2G/A4n61Ivjw9aWV3Sv2A==;BIj9SQeWFNporeBKv8W8gRYz9x/pwVP9bxSdagMbVS3PwlilJ6KVAVnmfua3/k\
            VvYMhmjHK0GS4vFpuCavwSyt0=
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            01090420e9eb71600027d955ca4258f5fc93cfa9b2f64f50c2328aeaf233f630e146d45a300c060a04007f00070101040105\
            02010a0204698173f2
            """)

    static let hashShorterThanOrder = Vector(
        name: "hashShorterThanOrder", curve: "brainpoolP512r1", layout: "A", form: "plain",
        serial: "8b21c550199402a8b1243e10e7c96a5462583147e689a92d6365ab0e577786b6",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;9;10;2026-02-03T04:05:06.000Z;2026\
            -02-03T04:05:06.000Z;ecdsa-plain-SHA256;unixTime;OmnCaaI6cRqL5l+hh0kG+SzwYK/YwVJojqpYCu30p58tWGog5oC\
            xL7ORLjfp3Egsd5uvlRiSB4J2LmIxkYiNsov/0GjniuEB6iyZuaSIubtN1yp7NZo6N/sVpz1SKR+PlAKNznua0BQjgy2QEAdymOo\
            Q4j7vWF2d1QDwF37iuiM=;BJAHrvR1g5lG2H78bQt/cobQ+8zQ9ti/XE208Q9JVM4dAIWxQqokgt9pvo6Jh9cwvuCvfZSajzJ7kC\
            gludYd5ICPbLMmiLnfXKlpdlPfVFXA8y1irXwmfRP0eczYMVZsyyfKTv9Qaxf3FiB956ENJtehXY9HwKdoTWwlCL2QJy9N
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            010904208b21c550199402a8b1243e10e7c96a5462583147e689a92d6365ab0e577786b6300c060a04007f00070101040103\
            02010a0204698173f2
            """)

    static let emptyData = Vector(
        name: "emptyData", curve: "secp256r1", layout: "A", form: "plain",
        serial: "dfebd07a1e3f01cef3ed8819dc7727218b2470de63d5cfec07efde4694f26780",
        text: """
            V0;KASSE-1;SonstigerVorgang;;1;1;2026-02-03T04:05:06.000Z;2026-02-03T04:05:06.000Z;ecdsa-plain-SHA25\
            6;unixTime;aezhwX3BCut9OZ7Wcj/XNu8BuKb6n6F4mn3c07q3hFhSC5kDeikdslnB2zkJ5PUxKipHjxKMiHY0l1pP23+/Sg==;\
            BHXLUwKNuatdQNE9HWLJnN8ZiIQ/kNbmaE7oM9P9aaVczQk2NtmMtc5CW49V9M0erxvrDLijc56Ya5F1zEEnMPc=
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d3182008310536f6e73\
            7469676572566f7267616e678501010420dfebd07a1e3f01cef3ed8819dc7727218b2470de63d5cfec07efde4694f2678030\
            0c060a04007f000701010401030201010204698173f2
            """)

    static let umlautsAndOrders = Vector(
        name: "umlautsAndOrders", curve: "secp256r1", layout: "A", form: "plain",
        serial: "b169126b1d0ca837db6f1caf6ec8a39b08ca2bb8aa0ac7bab0d1240995e5cf03",
        text: """
            V0;Käsé-Bar;Bestellung-V1;2;\"Eisbecher \"\"Himbeere\"\"\";3.99\r1;\"Kölsch; 0,2 l\";2.10;184467440\
            73709551615;9223372036854775808;2026-02-03T04:05:06.000Z;2026-02-03T04:05:06.000Z;ecdsa-plain-SHA256\
            ;utcTimeWithSeconds;NtEa5k94msvIhfzRRdcJMsVEOgPNf4CfG9wcM8ebgN9jXCppZSA2E8yO9+0AxbAA8odDtl8Eq1gMwq8d\
            K+gX2A==;BJVxfrwMb6d4ENfgx/8ka7LksmozU7XYGW8l2bMZoWAaQBHcrNw95e45NMTd/txVyWUK3gohe4GuWPZM/Lv9uD8=
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e810b4bc3a47365cc812d4261728237323b\
            2245697362656368657220222248696d62656572652222223b332e39390d313b224bc3b66c7363683b20302c32206c223b32\
            2e3130830d42657374656c6c756e672d5631850900ffffffffffffffff0420b169126b1d0ca837db6f1caf6ec8a39b08ca2b\
            b8aa0ac7bab0d1240995e5cf03300c060a04007f000701010401030209008000000000000000170d32363032303330343035\
            30365a
            """)

    static let before1970 = Vector(
        name: "before1970", curve: "secp256r1", layout: "A", form: "plain",
        serial: "245cac755a0fb9ae2eb67c17e012d2b6ec73397a5db882450ce5559250e72e5d",
        text: """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;1;1969-12-31T23:59:59.000Z;1969-\
            12-31T23:59:59.000Z;ecdsa-plain-SHA256;unixTime;3grErBE2uJnmmGcIruFM2JiMMrGPil139wakKOPzL2jEmsKDVJBJ\
            Dx7gOy+wvr7hK4MQA5iWa3iqrho62FO+KQ==;BNgl46Pt/fP8LZXQoAx8zGWZAthXvmUr0cZNeAIzdODJdXmWU7XNXizWkBrkTiz\
            yHTxDI1VlYizFavy3gQLMIt4=
            """,
        message: """
            020102060904007f000703070101801146696e6973685472616e73616374696f6e81074b415353452d31822742656c65675e\
            312e30305f302e30305f302e30305f302e30305f302e30305e312e30303a426172830e4b617373656e62656c65672d563185\
            01010420245cac755a0fb9ae2eb67c17e012d2b6ec73397a5db882450ce5559250e72e5d300c060a04007f00070101040103\
            0201010201ff
            """)

    /// All of them are valid.
    static let valid: [Vector] = [
        Self.generalizedTime, Self.brainpoolP512r1, Self.brainpoolP256r1InUTCTime, Self.twoChunks,
        Self.oneChunk, Self.hexSignature, Self.hexSignature384, Self.derSignature,
        Self.hashLongerThanOrder, Self.hashShorterThanOrder, Self.emptyData, Self.umlautsAndOrders,
        Self.before1970,
    ]

    /// Signed rightly, by keys that are none of a TSE or are not written as one.
    static let badKeys: [(name: String, text: String)] = [
        (
            "compressedPoint",
            """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;1;2026-02-03T04:05:06.000Z;2026-\
            02-03T04:05:06.000Z;ecdsa-plain-SHA256;unixTime;GpVafF2mUB+ihTf+0wAF/hPX+pNB3P6pgXRsPCUeg80LKyD4tQcK\
            5F6fBSco/DGS6E0i+p6cg/daAuDqfzM84g==;AniBsjf2250Lka1o4T45lGRBxPMsy6R7sFisptvqjqUV
            """
        ),
        (
            "hybridPoint",
            """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;1;2026-02-03T04:05:06.000Z;2026-\
            02-03T04:05:06.000Z;ecdsa-plain-SHA256;unixTime;Go/WYakXrf1gKX2IbjyCW9i2GmBlt827w7elSuMcCpJIlI059+58\
            ANwoBvrlHAA5Wt1NlK9S9s7E9E06jngUVg==;Bxn+AMxlUOhkznIqQc9fMXAU0/Q+dG7p67jEnuRQc9ExUT1gsVtkUckSDIDYeC8\
            4dAtKK3489AcaknA0faC+Md8=
            """
        ),
        (
            "hybridInSPKI",
            """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;1;2026-02-03T04:05:06.000Z;2026-\
            02-03T04:05:06.000Z;ecdsa-plain-SHA256;unixTime;olCsdwNGSVkWQPI08wErN+bncxqbzdLhssiQNuMykeUtkCghb7Sk\
            a48DFqAxn37b4Pdp29qPI2zOFKlCztfHrg==;MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAHksRgUq9THefYSs9hjSg8d6iyVrf\
            DmbCgaLymG+r4aDxDkH46MzQqlCMEoFOgjxG9a1gz2SD6G1I9A+LBDGwD8Q==
            """
        ),
        (
            "secp256k1InSPKI",
            """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;1;2026-02-03T04:05:06.000Z;2026-\
            02-03T04:05:06.000Z;ecdsa-plain-SHA256;unixTime;E7n8LW5AMkV/tI4RxlUVdGfUMjebQMTdM9vAL06J0MwZbn34HS9B\
            k8FpVEbJkMN6b5L6xyCRgTejjhs/aHow6A==;MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEY12KoyTFxiAQymhHnFjMF4ar3pFGyGm\
            q43OYV7mcoS4oeXFoCYzEyVbXHmk4Gik2hL7yums3ywa3BYA0XVnQYA==
            """
        ),
        (
            "secp256k1Point",
            """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;1;2026-02-03T04:05:06.000Z;2026-\
            02-03T04:05:06.000Z;ecdsa-plain-SHA256;unixTime;CPzDU/SVHuOEwnax4V60jL3uMjf/nySo2bYlesTWIv1hpe/UAaRO\
            aCBE0BQiSEXgdX4RLrvY753Q/ZPjWigBZw==;BKGTdFZqSkZlGBENRqvkXIy6NJq14VzIr3kuwmdzXYCfQSLr8tx7PxgujO8Z7OH\
            GQyxKG7mJhv4E/D4v5xwU/G4=
            """
        ),
        (
            "secp521r1Point",
            """
            V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;1;2026-02-03T04:05:06.000Z;2026-\
            02-03T04:05:06.000Z;ecdsa-plain-SHA512;unixTime;AfROthQ8zWDRl9TWzPWLzOxOqdALzgSQNnD4YBsF7+ayr/qgqCtl\
            hK2zX/v2Io5sz/Qc5Cjf0nMbRJ/Pgarc/JebAO4QTb48+GDcfy48WEW6zo8GfRQWy0MatP3X6C5V4BaL72Hd1iVlmWX5c3vOx4zP\
            bkdGRFYBcT6h+KWS0nJlo9o2;BADkxsxKg5rFNICslqqOvQLwn+K9gplqC9nnuHi70PfCWv2NGESEPQsFBnhKYmgwy94sZS2n99k\
            ht3OePNUK0Hk+GAF/nk9cGO7XcWeeGefFzWLuo00PA9CJOm7Ro+Q3J+lLcwjoeT1TdMPpdTFJtWUfocR3iGsAewE74olCU+r6Wka\
            3gQ==
            """
        ),
    ]

    /// The key is a SubjectPublicKeyInfo whose point is compressed.
    static let compressedInSPKI =
        """
        V0;KASSE-1;Kassenbeleg-V1;Beleg^1.00_0.00_0.00_0.00_0.00^1.00:Bar;1;1;2026-02-03T04:05:06.000Z;2026-\
        02-03T04:05:06.000Z;ecdsa-plain-SHA256;unixTime;4KK7zqPe0z3FbotXtziGu70guEkub/yvxT7C+ZmMo58miHFjJ2a5\
        1jzyTGF/ZcPlYbMaUkJRl2viue7kS1noeQ==;MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgADTk77F44KKWWZAKXsxXXkb+j6Q3N\
        /4Grjuw6OTOeG8s8=
        """
}
