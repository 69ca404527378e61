def test_the_good_newsroom_is_good(built, newsroom):
    ran = newsroom.run("check")
    assert (ran.code, ran.err) == (0, ""), ran.out
    assert ran.out == "Không có lỗi trong 6 bài.\n"
