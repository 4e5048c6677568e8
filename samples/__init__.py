"""The sample newspaper «الميزان»: a fictional daily whose pages were written for this project.

Its address is under a reserved name (RFC 2606), so its articles never mix with a real paper's. It changed its page
design twice: Joomla K2 until 2018, WordPress in 2019, a page rendered by scripts' frameworks since 2020.
"""
