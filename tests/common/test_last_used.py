import threading

from common.last_used import LastUsed


def test_of_more_than_its_size_what_was_wanted_last_stays():
    store = LastUsed(2)
    store.keep("a", 1)
    store.keep("b", 2)

    assert store.get("a") == 1
    store.keep("c", 3)

    assert (store.get("a"), store.get("b"), store.get("c"), len(store)) == (1, None, 3, 2)


def test_what_is_kept_again_is_wanted_last():
    store = LastUsed(2)
    for name in "aba":
        store.keep(name, name)

    store.keep("c", "c")

    assert (store.get("a"), store.get("b")) == ("a", None)


def test_nothing_is_there_once_it_is_cleared():
    store = LastUsed(2)
    store.keep("a", 1)

    store.clear()

    assert (store.get("a"), len(store)) == (None, 0)


def test_threads_never_keep_more_than_its_size():
    store, sizes = LastUsed(5), []

    def work(start):
        for number in range(start, start + 500):
            store.keep(number, number)
            store.get(number - 2)
            sizes.append(len(store))

    threads = [threading.Thread(target=work, args=[n * 250]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(store) == 5
    assert max(sizes) <= 6  # while one of them is dropping what is too much
